import { read, write } from './storage.js';

/**
 * What was typed and not sent yet. It survives a reload and the closing of the tab, and nothing that comes from the server ever
 * touches it. At most 50 are kept; the oldest gives way.
 */
const MOST = 50;

/** @param {string} name as in 'TM-YKFCGBB6.title' */
export function draft(name) {
  return all()[name]?.value;
}

/** Keeps a draft; null or an empty text forgets it. */
export function keepDraft(name, value) {
  const drafts = all();
  delete drafts[name];
  if (value !== null && value !== undefined && value !== '') {
    drafts[name] = { value };
  }
  const names = Object.keys(drafts);
  names.slice(0, Math.max(0, names.length - MOST)).forEach((oldest) => delete drafts[oldest]);
  return write('drafts', drafts);
}

function all() {
  return read('drafts', {});
}
