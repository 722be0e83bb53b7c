import { call, download, systemUrl, upload } from './http.js';

/** All operations of the node, as one file. */
const TYPE = 'application/vnd.ticketmesh.bundle';

/** @param {{erased?: boolean}} what whether with what was redacted, purged or erased */
export const bundleUrl = ({ erased = true } = {}) => systemUrl(erased ? 'bundle' : 'bundle?erased=false');

/** Whether there is one to be had, before a browser goes for it by itself. @throws {Problem} without words of the server's */
export const askForBundle = (what) => call('HEAD', bundleUrl(what), { accept: TYPE });

export const readBundle = (what) => download(bundleUrl(what));

/** @returns {Promise<{operations: number, added: number, known: number}>} */
export const takeIn = (file, options) => upload(bundleUrl(), file, { ...options, type: TYPE });
