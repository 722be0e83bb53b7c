import { call, systemUrl } from './http.js';

/** Erasures of people. */
export const readErasures = async (signal) => (await call('GET', systemUrl('erasures'), { signal })).body.items;

/** @param {'redact'|'purge'} mode what becomes of the tickets that were the person's */
export const erase = async (person, mode) =>
  (await call('POST', systemUrl('erasures'), { body: { person, mode } })).body;
