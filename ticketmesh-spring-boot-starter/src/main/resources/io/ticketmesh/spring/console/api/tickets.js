import { call, download, ticketsUrl, upload } from './http.js';

/** What a row of a list shows; nothing longer is fetched for it. */
const ROW = [
  'id',
  'key',
  'title',
  'status',
  'statusCategory',
  'priority',
  'assignee',
  'tags',
  'dueAt',
  'dueDate',
  'overdue',
  'sla',
  'updatedAt',
  'createdAt',
  'commentCount',
  'conflicts',
  'occurrences',
  'lastPlace',
  'lastSeenAt',
  'etag',
];

export const PAGE = 50;

/** The server shows no more at once, and changes no more at once. */
export const MOST_AT_ONCE = 100;

const at = (ref, rest = '') => ticketsUrl(`/${encodeURIComponent(ref)}${rest}`);
const get = async (url, signal) => (await call('GET', url, { signal })).body;

/**
 * @param {URLSearchParams} query filters and order
 * @param {{more?: string[]}} options members to be shown beside the usual ones
 */
export function listTickets(query, { cursor, limit = PAGE, more = [], signal } = {}) {
  const parameters = new URLSearchParams(query);
  parameters.set('limit', limit);
  parameters.set('fields', [...new Set([...ROW, ...more])].join(','));
  if (parameters.has('q')) {
    parameters.set('highlight', 'true');
  }
  if (cursor) {
    parameters.set('cursor', cursor);
  }
  return get(ticketsUrl(`?${parameters}`), signal);
}

export async function countTickets(query, signal) {
  const parameters = new URLSearchParams(query);
  parameters.set('limit', 1);
  parameters.set('fields', 'id');
  parameters.set('count', 'true');
  return (await get(ticketsUrl(`?${parameters}`), signal)).total;
}

/** So much of a description decides what is similar. */
const SIMILAR_CHARS = 500;

export async function findSimilar(title, description, signal) {
  const parameters = new URLSearchParams({
    title,
    description: description.slice(0, SIMILAR_CHARS),
    fields: 'id,key,title,status',
  });
  return (await get(ticketsUrl(`/similar?${parameters}`), signal)).items;
}

export const readRow = (ref) => get(at(ref, '?deleted=true'));

export async function readTicket(ref, signal) {
  const [ticket, comments, history, conflicts] = await Promise.all([
    get(at(ref, '?deleted=true'), signal),
    everything(at(ref, '/comments'), signal),
    everything(at(ref, '/history'), signal),
    get(at(ref, '/conflicts?deleted=true'), signal),
  ]);
  return { ticket, comments, history, conflicts: conflicts.items };
}

/** A ticket as it was then, to be looked at only. @param {string} point the id of a step of its history, or a time */
export async function readPast(ref, point, signal) {
  const then = new URLSearchParams({ deleted: true, asOf: point });
  const [ticket, comments, history] = await Promise.all([
    get(at(ref, `?${then}`), signal),
    everything(at(ref, '/comments'), signal, { asOf: point }),
    everything(at(ref, '/history'), signal),
  ]);
  return { ticket: { ...ticket, past: true }, comments, step: history.items.find(({ id }) => id === point) };
}

/** The newest few hundred comments or entries, page by page: a page of ours is never larger than the server's. */
const MOST_PAGES = 10;

async function everything(url, signal, more = {}) {
  const items = [];
  let cursor = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const parameters = new URLSearchParams({ limit: 100, deleted: true, ...more });
    if (cursor) {
      parameters.set('cursor', cursor);
    }
    const answer = await get(`${url}?${parameters}`, signal);
    items.push(...answer.items);
    cursor = answer.next;
    if (!cursor) {
      return { items, complete: true };
    }
  }
  return { items, complete: false };
}

export const createTicket = async (fields) => (await call('POST', ticketsUrl(), { body: fields })).body;
export const changeTicket = async (ref, fields, ifMatch) =>
  (await call('PATCH', at(ref), { body: fields, ifMatch })).body;
export const moveTicket = async (ref, to, ifMatch) =>
  (await call('POST', at(ref, '/transitions'), { body: to, ifMatch })).body;
export const deleteTicket = (ref, ifMatch) => call('DELETE', at(ref), { ifMatch });
export const restoreTicket = async (ref) => (await call('POST', at(ref, '/restore'), {})).body;
export const settleConflict = async (ref, field, value) =>
  (await call('POST', at(ref, `/conflicts/${encodeURIComponent(field)}`), { body: { value } })).body;

export const addComment = async (ref, comment) => (await call('POST', at(ref, '/comments'), { body: comment })).body;
export const editComment = async (ref, id, body) =>
  (await call('PATCH', at(ref, `/comments/${encodeURIComponent(id)}`), { body: { body } })).body;
export const redactComment = (ref, id) => call('DELETE', at(ref, `/comments/${encodeURIComponent(id)}`), {});

export const attach = (ref, file, options) =>
  upload(at(ref, `/attachments?name=${encodeURIComponent(file.name)}`), file, options);
export const attachmentUrl = (ref, id) => at(ref, `/attachments/${encodeURIComponent(id)}?deleted=true`);
export const readAttachment = (ref, id) => download(attachmentUrl(ref, id));
export const detach = (ref, id) => call('DELETE', at(ref, `/attachments/${encodeURIComponent(id)}`), {});

export const addLink = (ref, type, target) =>
  call('PUT', at(ref, `/links/${encodeURIComponent(type)}/${encodeURIComponent(target)}`), {});
export const removeLink = (ref, type, target) =>
  call('DELETE', at(ref, `/links/${encodeURIComponent(type)}/${encodeURIComponent(target)}`), {});

/** @param {Array<{op: string, ref: string, body?: object}>} operations at most 100 */
export const bulk = async (operations) => (await call('POST', ticketsUrl('/bulk'), { body: { operations } })).body;

/** What came in and went out in these days of the reader's time zone, and how long it took. */
export async function readFlow(from, zone, signal) {
  const query = new URLSearchParams({ from, zone });
  return (await get(ticketsUrl(`/stats?${query}`), signal)).flow;
}

/** @param {URLSearchParams} [filters] those of lists */
export const readNumbers = (signal, filters) => get(ticketsUrl(filters ? `/stats?${filters}` : '/stats'), signal);
export const readPlaces = (ref, signal) => get(at(ref, '/copies'), signal);
