import { call, download, systemUrl, upload } from './http.js';

/** All operations of the node, as one file. */
const TYPE = 'application/vnd.ticketmesh.bundle';

export const bundleUrl = () => systemUrl('bundle');

/** Whether there is one to be had, before a browser goes for it by itself. @throws {Problem} without words of the server's */
export const askForBundle = () => call('HEAD', bundleUrl(), { accept: TYPE });

export const readBundle = () => download(bundleUrl());

/** @returns {Promise<{operations: number, added: number, known: number}>} */
export const takeIn = (file, options) => upload(bundleUrl(), file, { ...options, type: TYPE });
