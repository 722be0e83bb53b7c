import { call, systemUrl } from './http.js';

const at = (...parts) => systemUrl(['webhooks', ...parts.map(encodeURIComponent)].join('/'));
const get = async (url, signal) => (await call('GET', url, { signal })).body;
const send = async (method, url, body) => (await call(method, url, { body })).body;

export const readWebhooks = async (signal) => (await get(at(), signal)).items;
export const readDeliveries = async (id, signal) => (await get(at(id, 'deliveries'), signal)).items;
export const createWebhook = (webhook) => send('POST', at(), webhook);
export const changeWebhook = (id, change) => send('PATCH', at(id), change);
export const removeWebhook = (id) => send('DELETE', at(id));
export const rotateWebhook = (id) => send('POST', at(id, 'rotate'), {});
export const pingWebhook = (id) => send('POST', at(id, 'ping'), {});
export const redeliver = (id, delivery) => send('POST', at(id, 'deliveries', delivery, 'redeliver'), {});
