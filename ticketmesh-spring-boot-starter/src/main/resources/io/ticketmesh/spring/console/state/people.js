import { readNumbers } from '../api/tickets.js';
import { session } from './session.js';

/** Whom tickets can be assigned to: there is no directory, so it is who has one already, and the reader. Asked for at most twice a minute. */
const FRESH_MILLIS = 30_000;

let numbers = null;
let askedMillis = -Infinity;

async function fresh() {
  if (performance.now() - askedMillis > FRESH_MILLIS) {
    askedMillis = performance.now();
    numbers = readNumbers().catch(() => {
      askedMillis = -Infinity;
      return {};
    });
  }
  return numbers;
}

/** Names by how many tickets they have, the reader first. */
export async function people() {
  const { assignee = {} } = await fresh();
  const names = Object.entries(assignee)
    .sort(([, one], [, two]) => two - one)
    .map(([name]) => name);
  const self = session.value.actor;
  return self ? [self, ...names.filter((name) => name !== self)] : names;
}

export async function queues() {
  return Object.keys((await fresh()).queue ?? {});
}
