import { read, write } from './storage.js';
import { Signal } from './signal.js';

/**
 * Searches with a name. They are kept in this browser; when the server keeps views, this module is the one place that changes.
 */
const MOST = 30;

export const views = new Signal(read('views', []));

/** @param {string} query the address part of a list, as in 'status=open&sort=-priority' */
export function saveView(name, query) {
  const others = views.value.filter((view) => view.name !== name);
  views.value = [...others, { name, query }].slice(-MOST);
  return write('views', views.value);
}

export function forgetView(name) {
  views.value = views.value.filter((view) => view.name !== name);
  write('views', views.value);
}
