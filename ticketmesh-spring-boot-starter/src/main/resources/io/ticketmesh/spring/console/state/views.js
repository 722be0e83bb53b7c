import { deleteView, putView, readViews } from '../api/definitions.js';
import { freeName } from './names.js';
import { may } from './session.js';
import { Signal } from './signal.js';
import { read, write } from './storage.js';

/**
 * Searches with a name. The server keeps them: one's own follow him to every browser, and those that are shared are everybody's.
 *
 * @type {Signal & {value: Array<{name: string, title: string, query: string, shared: boolean}>}} the query is the address part of a list
 */
export const views = new Signal([]);

/** Reads them, once those are on the server that an older console kept in this browser. */
export async function loadViews() {
  views.value = (await readViews()).map(shown);
  if (await takeOver()) {
    views.value = (await readViews()).map(shown);
  }
}

function shown({ name, title, query, sort, columns, shared }) {
  const address = new URLSearchParams(query);
  if (sort) {
    address.set('sort', sort);
  }
  if (columns.length) {
    address.set('columns', columns.join(','));
  }
  return { name, title, query: address.toString(), shared };
}

/** What the server takes as a view. The order of what fits best is that of a list of words that has no other. */
function bodyOf(title, query, shared) {
  const conditions = new URLSearchParams(query);
  const sort = conditions.get('sort') ?? '';
  const columns = columnsOf(conditions);
  conditions.delete('sort');
  conditions.delete('columns');
  return { title, query: conditions.toString(), sort: sort === 'relevance' ? '' : sort, columns, shared };
}

/** What a list is to show of each ticket, in this order; empty for the usual. @param {URLSearchParams} query */
export const columnsOf = (query) => (query.get('columns') ?? '').split(',').filter(Boolean);

/** Whether two addresses are those of the same list, in whatever order their parts stand. */
export const sameList = (one, other) => one === other || ordered(one) === ordered(other);

function ordered(query) {
  const parameters = new URLSearchParams(query);
  if (parameters.get('sort') === 'relevance') {
    parameters.delete('sort');
  }
  parameters.sort();
  return parameters.toString();
}

const isTaken = (name) => views.value.some((view) => view.name === name);

/** @param {string} query the address part of a list, as in 'status=open&sort=-priority' */
export async function saveView(title, query) {
  const same = views.value.find((view) => !view.shared && view.title === title);
  await putView(same?.name ?? freeName(title, 'view', isTaken), bodyOf(title, query, false), { isNew: !same });
  await loadViews();
}

export const mayShare = () => may('arrange');

/** From now on it is everybody's. */
export async function shareView({ name, title, query }) {
  const taken = views.value.some((view) => view.shared && view.name === name);
  await putView(taken ? freeName(title, 'view', isTaken) : name, bodyOf(title, query, true), { isNew: true });
  await deleteView(name, false);
  await loadViews();
}

export async function forgetView({ name, shared }) {
  await deleteView(name, shared);
  await loadViews();
}

/** Brings the views that were kept in this browser to the server, each once. @returns whether there were any */
async function takeOver() {
  const kept = read('views', []);
  if (!Array.isArray(kept) || !kept.length) {
    return false;
  }
  const names = new Set();
  for (const { name: title, query } of kept) {
    const known = views.value.some((view) => view.title === title && !view.shared);
    if (typeof title === 'string' && title.trim() && typeof query === 'string' && !known) {
      const name = freeName(title, 'view', (candidate) => isTaken(candidate) || names.has(candidate));
      names.add(name);
      try {
        await putView(name, bodyOf(title, query, false), { isNew: true });
      } catch (problem) {
        if (problem.status !== 422) {
          return names.size > 1; // the others are tried again with the next look
        }
      }
    }
  }
  write('views', null);
  return true;
}
