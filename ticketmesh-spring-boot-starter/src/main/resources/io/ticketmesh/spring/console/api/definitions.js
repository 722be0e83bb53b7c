import { call, systemUrl, ticketsUrl } from './http.js';

/** Saved views and canned replies, as the server keeps them. */
const view = (name, shared) => systemUrl(`views/${encodeURIComponent(name)}${shared === undefined ? '' : `?shared=${shared}`}`);
const reply = (name) => systemUrl(`replies/${encodeURIComponent(name)}`);
const said = (ref, name) => ticketsUrl(`/${encodeURIComponent(ref)}/replies/${encodeURIComponent(name)}`);

export const readViews = async () => (await call('GET', systemUrl('views'))).body.items;
/** @param {{isNew?: boolean}} how new ones take no other's place */
export const putView = async (name, body, { isNew = false } = {}) =>
  (await call('PUT', view(name), { body, ifNoneMatch: isNew ? '*' : undefined })).body;
export const deleteView = (name, shared) => call('DELETE', view(name, shared));

export const readReplies = async () => (await call('GET', systemUrl('replies'))).body.items;
export const putReply = async (name, body, { isNew = false } = {}) =>
  (await call('PUT', reply(name), { body, ifNoneMatch: isNew ? '*' : undefined })).body;
export const deleteReply = (name) => call('DELETE', reply(name));

/** What a reply says on a ticket, and what it does along with it. */
export const renderReply = async (ref, name) => (await call('GET', said(ref, name))).body;
export const sendReply = async (ref, name, comment) => (await call('POST', said(ref, name), { body: comment })).body;
