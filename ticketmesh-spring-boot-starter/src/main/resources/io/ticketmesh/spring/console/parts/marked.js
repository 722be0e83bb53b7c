import { html, nothing } from '../vendor/lit.js';

/**
 * A text with the parts marked that were looked for. It stays text, whatever people wrote into it.
 *
 * @param {{text: string, ranges: Array<{start: number, end: number}>}} highlight
 */
export function marked({ text, ranges }) {
  let at = 0;
  const parts = ranges.map(({ start, end }) => {
    const before = text.slice(at, start);
    at = end;
    return html`${before}<mark>${text.slice(start, end)}</mark>`;
  });
  return html`${parts}${text.slice(at)}`;
}

/** The title of a row, marked when it was looked for there. */
export function titleOf(row) {
  const found = row.highlights?.find(({ field }) => field === 'title');
  return found ? marked(found) : row.title;
}

/** Where in a row's other texts the words stand: in the description, else in a comment. */
export function excerptOf(row) {
  const found = row.highlights?.find(({ field }) => field !== 'title');
  return found ? html`<span class="found" dir="auto">${marked(found)}</span>` : nothing;
}
