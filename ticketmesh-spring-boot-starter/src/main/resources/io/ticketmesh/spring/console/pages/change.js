import { changeTicket, moveTicket, readRow } from '../api/tickets.js';
import { Problem } from '../api/http.js';

/**
 * Writes into a ticket as the reader saw it. Every write says which state it means; when the ticket was changed meanwhile, but not in
 * what is written, the write is made again for the state of now. Otherwise the reader decides, who is told what stands there now.
 */
const TRIES = 3;

/** What stands in the field now is not what the reader saw. */
export class Meanwhile extends Problem {
  constructor(ticket, problem) {
    super(412, problem.body);
    this.code = 'meanwhile';
    this.ticket = ticket;
  }
}

export const quoted = (etag) => `"${etag}"`;

/**
 * @param ticket as the reader saw it
 * @param {object | ((ticket: object) => object)} fields what to write; a function says it for the ticket as it is, which suits sets
 */
export function change(ticket, fields) {
  const of = typeof fields === 'function' ? fields : () => fields;
  const names = typeof fields === 'function' ? [] : Object.keys(fields);
  return guarded(ticket, names, (now) => changeTicket(now.id, of(now), quoted(now.etag)));
}

export function move(ticket, to) {
  return guarded(ticket, ['status'], (now) => moveTicket(now.id, to, quoted(now.etag)));
}

async function guarded(seen, names, write) {
  let now = seen;
  for (let tries = 1; ; tries++) {
    try {
      return await write(now);
    } catch (problem) {
      if (problem.status !== 412) {
        throw problem;
      }
      now = await readRow(seen.id);
      const untouched = names.every((name) => JSON.stringify(now[name]) === JSON.stringify(seen[name]));
      if (!untouched || tries === TRIES) {
        throw new Meanwhile(now, problem);
      }
    }
  }
}
