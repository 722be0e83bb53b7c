import { Signal } from './signal.js';

/**
 * Where the reader is, from the part of the address behind '#': a page, one further word, and parameters.
 * '#/ticket/TM-YKFCGBB6' is {page: 'ticket', word: 'TM-YKFCGBB6'}.
 */
export const route = new Signal(parse(location.hash));

addEventListener('hashchange', () => {
  route.value = parse(location.hash);
});

function parse(hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [page, word = ''] = path.split('/');
  return { page: page || 'tickets', word: decode(word), query };
}

/** A broken escape, as somebody may type it, is taken as it stands. */
function decode(word) {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

export const ticketAddress = (key) => `#/ticket/${encodeURIComponent(key)}`;

/** The ticket as it was then. @param {string} point the id of a step of its history, or a time */
export const pastAddress = (key, point) => `${ticketAddress(key)}?at=${encodeURIComponent(point)}`;

export function listAddress(query, page = 'tickets') {
  const text = query.toString();
  return text ? `#/${page}?${text}` : `#/${page}`;
}

export function go(address, { replace = false } = {}) {
  if (replace) {
    history.replaceState(null, '', address);
    route.value = parse(address);
  } else {
    location.hash = address;
  }
}
