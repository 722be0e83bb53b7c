import { Problem } from '../api/http.js';
import { listTickets, MOST_AT_ONCE, readNumbers } from '../api/tickets.js';

/**
 * All tickets that a list holds, however many: an action goes over them page by page. From the newest to the oldest, since that is what no action changes,
 * and what is created meanwhile stands before where one is.
 */
export class Everything {
  /** @param {string} query the filters @param {number} length how many there were when they were counted last */
  constructor(query, length) {
    this.query = new URLSearchParams(query);
    this.query.set('sort', '-createdAt');
    this.length = length;
  }

  async *rounds(signal) {
    let cursor = null;
    do {
      const { items, next, complete } = await listTickets(this.query, { cursor, limit: MOST_AT_ONCE, signal });
      if (complete === false) {
        throw new Problem(503, { code: 'search-incomplete' });
      }
      yield items;
      cursor = next ?? null;
    } while (cursor);
  }

  /** The states in which some of them are. */
  async statuses() {
    const filters = new URLSearchParams(this.query);
    filters.delete('sort');
    filters.set('deleted', filters.get('deleted') ?? 'false');
    return Object.entries((await readNumbers(undefined, filters)).status)
      .filter(([, count]) => count > 0)
      .map(([name]) => name);
  }
}
