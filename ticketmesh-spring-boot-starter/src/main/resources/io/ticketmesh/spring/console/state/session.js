import { Signal } from './signal.js';
import { read, write } from './storage.js';

/**
 * Who the reader is and what he may do. A server without sessions answers 404: then nothing is known but that everything may be tried.
 *
 * @typedef {{actor: string|null, csrf: {header: string, token: string}|null, readOnly: boolean, permissions: string[]|null}} Session
 */
const UNKNOWN = { actor: null, csrf: null, readOnly: false, permissions: null };

/** @type {Signal & {value: Session}} */
export const session = new Signal(UNKNOWN);

/** Whether the reader may do that on some ticket at least, or nobody knows whether he may. */
export const may = (action) => session.value.permissions?.includes(action) ?? true;

/** The same of what changes something, which a server that is read-only takes from nobody. */
export const mayWrite = (action) => !session.value.readOnly && may(action);

/** Whether the server wants a token that we do not have. */
export const locked = new Signal(false);

const TAB = () => sessionStorage;

/** The bearer token, where the application demands one. It is kept for this tab only. */
export const token = () => read('token', null, TAB);

export function setToken(value) {
  write('token', value, TAB);
  locked.value = false; // until the server says otherwise
}

export function setSession(told) {
  session.value = { ...UNKNOWN, ...told };
}
