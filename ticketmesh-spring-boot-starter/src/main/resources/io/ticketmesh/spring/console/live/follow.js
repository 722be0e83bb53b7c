import { news } from './stream.js';

/**
 * Lets an element hear of tickets while it is in the page: many events that come together are one call. The first call comes soon,
 * the next not before a while, so that a flood of changes costs a request now and then.
 */
const SOON_MILLIS = 60;
const NEXT_MILLIS = 700;

export class Follow {
  #pending = new Map();
  #reset = false;
  #timer = null;
  #lastMillis = 0;

  /** @param hear called with {tickets: Map<id, event>, reset: boolean} */
  constructor(host, hear) {
    this.hear = hear;
    this.onTicket = (event) => {
      this.#pending.set(event.detail.ticketId, event.detail);
      this.#plan();
    };
    this.onReset = () => {
      this.#reset = true;
      this.#plan();
    };
    host.addController(this);
  }

  hostConnected() {
    news.addEventListener('ticket', this.onTicket);
    news.addEventListener('reset', this.onReset);
  }

  hostDisconnected() {
    news.removeEventListener('ticket', this.onTicket);
    news.removeEventListener('reset', this.onReset);
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#pending.clear();
  }

  #plan() {
    if (this.#timer === null) {
      const wait = Math.max(SOON_MILLIS, this.#lastMillis + NEXT_MILLIS - performance.now());
      this.#timer = setTimeout(() => this.#tell(), wait);
    }
  }

  #tell() {
    this.#timer = null;
    this.#lastMillis = performance.now();
    const told = { tickets: this.#pending, reset: this.#reset };
    this.#pending = new Map();
    this.#reset = false;
    this.hear(told);
  }
}
