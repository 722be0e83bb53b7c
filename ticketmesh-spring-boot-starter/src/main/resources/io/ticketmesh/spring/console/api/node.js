import { call, systemUrl } from './http.js';

const get = async (path, signal) => (await call('GET', systemUrl(path), { signal })).body;

export const readMeta = (signal) => get('meta', signal);
export const readMesh = (signal) => get('mesh', signal);
export const readDigest = (signal) => get('mesh/digest', signal);
