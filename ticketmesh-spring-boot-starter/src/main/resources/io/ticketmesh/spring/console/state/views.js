import { deleteView, putView, readViews } from '../api/definitions.js';
import { freeName } from './names.js';
import { session } from './session.js';
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

function shown({ name, title, query, sort, shared }) {
  const address = new URLSearchParams(query);
  if (sort) {
    address.set('sort', sort);
  }
  return { name, title, query: address.toString(), shared };
}

/** What the server takes as a view. */
function bodyOf(title, query, shared) {
  const conditions = new URLSearchParams(query);
  const sort = conditions.get('sort') ?? '';
  conditions.delete('sort');
  return { title, query: conditions.toString(), sort, shared };
}

const isTaken = (name) => views.value.some((view) => view.name === name);

/** @param {string} query the address part of a list, as in 'status=open&sort=-priority' */
export async function saveView(title, query) {
  const same = views.value.find((view) => !view.shared && view.title === title);
  await putView(same?.name ?? freeName(title, 'view', isTaken), bodyOf(title, query, false), { isNew: !same });
  await loadViews();
}

export const mayShare = () => session.value.permissions?.includes('arrange') ?? true;

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
