import { commonHeaders, lockIfTokenIsWanted, renewSession, ticketsUrl } from '../api/http.js';
import { locked } from '../state/session.js';
import { Signal } from '../state/signal.js';
import { EventParser } from './parser.js';

/**
 * Listens to what happens to tickets, for as long as the page is open. It reads by fetch and not by EventSource, which cannot send
 * a token and cannot go on after an error. A connection that is lost is made anew with the last id, so nothing is missed,
 * even when another node answers then.
 */

/** 'connecting' at first, then 'live' or 'lost'. */
export const connection = new Signal('connecting');

/**
 * Tells of every event as a CustomEvent 'ticket', and 'reset' when all that is shown must be read anew: the server says so, or the
 * stream begins, and something may have happened since the page was read.
 */
export const news = new EventTarget();

/** The server says something at least every 15 seconds. */
const SILENCE_MILLIS = 40_000;
const FIRST_PAUSE_MILLIS = 500;
const LONGEST_PAUSE_MILLIS = 10_000;

/** A browser has few connections to one host for all its tabs: one that nobody looks at gives its own back after a minute. */
const HIDDEN_MILLIS = 60_000;

let lastId = '';
let pause = FIRST_PAUSE_MILLIS;
let running = null;
let timer = null;
let hiding = null;

export function listen() {
  addEventListener('online', hurry);
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiding);
    if (document.hidden) {
      hiding = setTimeout(rest, HIDDEN_MILLIS);
    } else {
      hurry();
    }
  });
  locked.addEventListener('change', hurry);
  connect();
}

function rest() {
  clearTimeout(timer);
  timer = null;
  running?.abort();
  running = null;
}

/** Tries at once instead of at the end of the pause. */
function hurry() {
  if (!running && !locked.value) {
    pause = FIRST_PAUSE_MILLIS;
    connect();
  }
}

async function connect() {
  clearTimeout(timer);
  const own = new AbortController();
  running = own;
  try {
    await read(own);
  } catch {
    // whatever it was: the stream is over, and tried again below
  }
  if (running !== own) {
    return;
  }
  running = null;
  connection.value = 'lost';
  if (!locked.value) {
    timer = setTimeout(connect, pause * (0.75 + Math.random() / 2));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
  }
}

async function read(own) {
  let watchdog = setTimeout(() => own.abort(), SILENCE_MILLIS);
  try {
    const headers = { Accept: 'text/event-stream', ...commonHeaders() };
    if (lastId) {
      headers['Last-Event-ID'] = lastId;
    }
    const answer = await fetch(ticketsUrl('/events'), {
      headers,
      signal: own.signal,
      credentials: 'same-origin',
      cache: 'no-store',
    });
    if (!answer.ok) {
      lockIfTokenIsWanted(answer);
      if (answer.status === 403) {
        await renewSession();
      }
      return;
    }
    const parser = new EventParser();
    parser.lastId = lastId;
    const decoder = new TextDecoder();
    const reader = answer.body.getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      clearTimeout(watchdog);
      watchdog = setTimeout(() => own.abort(), SILENCE_MILLIS);
      if (!lastId) {
        news.dispatchEvent(new Event('reset'));
      }
      connection.value = 'live';
      pause = FIRST_PAUSE_MILLIS;
      parser.feed(decoder.decode(value, { stream: true })).forEach(tell);
      lastId = parser.lastId;
    }
  } finally {
    clearTimeout(watchdog);
    own.abort();
  }
}

function tell(event) {
  if (event.type === 'reset') {
    news.dispatchEvent(new Event('reset'));
  } else if (event.type.startsWith('ticket.')) {
    news.dispatchEvent(new CustomEvent('ticket', { detail: JSON.parse(event.data) }));
  }
}
