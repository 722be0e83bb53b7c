import { call, systemUrl } from './http.js';

/** @returns {Promise<{dedupKey: string, id: string, key: string}>} the ticket that counts it, in a moment */
export const reportIncident = async (incident) => (await call('POST', systemUrl('incidents'), { body: incident })).body;
