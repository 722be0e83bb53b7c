import { html, nothing } from '../vendor/lit.js';
import { bulk, MOST_AT_ONCE } from '../api/tickets.js';
import { PageElement } from '../parts/element.js';
import { number } from '../parts/times.js';
import { complain, say } from '../parts/toasts.js';
import { Signal, Watch } from '../state/signal.js';
import { problemText, text } from '../texts.js';
import { quoted } from './change.js';

/**
 * A change of many tickets, in rounds of as many as the server takes at once. One runs at a time; it goes on while the reader looks at other pages, can be
 * stopped between two rounds, and what came of it is said to the end.
 *
 * @type {Signal & {value: {done: number, all: number, failed: number, stop: () => void}|null}}
 */
export const running = new Signal(null);

/** Of more the way back is not remembered. */
const MOST_TAKEN_BACK = 10_000;

/** Some tickets in rounds. */
export const inRounds = (tickets) =>
  function* rounds() {
    for (let from = 0; from < tickets.length; from += MOST_AT_ONCE) {
      yield tickets.slice(from, from + MOST_AT_ONCE);
    }
  };

/**
 * @param {(signal: AbortSignal) => Iterable<object[]>|AsyncIterable<object[]>} rounds at most 100 tickets each
 * @param {number} all how many there are, as far as is known
 * @param {(ticket: object) => object|null} operation null leaves the ticket as it is
 * @param {(ticket: object) => object} [back] takes the operation back, which is offered for those that were changed
 * @returns {Promise<boolean>} whether all of it was done; if not, the reader was told
 */
export async function carryOut(rounds, all, operation, back) {
  if (running.value) {
    complain(text.bulkBusy);
    return false;
  }
  const stopping = new AbortController();
  const tally = { done: 0, changed: 0, failed: 0, why: null, ways: [] };
  const show = () => {
    running.value = { done: tally.done, all: Math.max(all, tally.done), failed: tally.failed, stop: () => stopping.abort() };
  };
  let broken = null;
  show();
  addEventListener('beforeunload', hold);
  try {
    for await (const tickets of rounds(stopping.signal)) {
      if (stopping.signal.aborted) {
        break;
      }
      await round(tickets, operation, back, tally);
      show();
    }
  } catch (problem) {
    broken = problem.name === 'AbortError' ? null : problem;
  } finally {
    removeEventListener('beforeunload', hold);
    running.value = null;
  }
  return tell(tally, all, broken, stopping.signal.aborted);
}

/** Whoever closes the page would leave it half done. */
const hold = (event) => event.preventDefault();

async function round(tickets, operation, back, tally) {
  const asked = tickets.map((ticket) => [ticket, operation(ticket)]).filter(([, wanted]) => wanted);
  if (asked.length) {
    const { items } = await bulk(asked.map(([ticket, wanted]) => aimed(wanted, ticket.id, ticket.etag)));
    items.forEach((item, index) => count(item, asked[index][0], back, tally));
  }
  tally.done += tickets.length;
}

const aimed = (operation, id, etag) => ({ ...operation, ref: id, ifMatch: quoted(etag) });

function count({ problem, etag }, ticket, back, tally) {
  if (problem) {
    tally.failed++;
    tally.why ??= problemText({ code: problem.code, message: problem.detail, body: problem });
    return;
  }
  tally.changed++;
  if (back && tally.changed <= MOST_TAKEN_BACK) {
    tally.ways.push({ id: ticket.id, etag, way: back(ticket) });
  }
}

function tell({ done, changed, failed, why, ways }, all, broken, stopped) {
  const undo =
    ways.length && ways.length === changed
      ? { label: text.undo, run: () => carryOut(inRounds(ways), ways.length, ({ way }) => way) }
      : undefined;
  const words = [
    stopped || broken ? text.bulkPart(changed, done, Math.max(all, done)) : text.bulkDone(changed),
    failed ? text.bulkFailed(failed, why) : '',
    broken ? text.bulkBroken(problemText(broken)) : '',
    ways.length && !undo ? text.bulkNoWayBack : '',
  ].filter(Boolean);
  const complete = !failed && !broken && !stopped;
  (failed || broken ? complain : say)(words.join(' '), undo);
  return complete;
}

/** How far it is, wherever the reader is. */
class Run extends PageElement {
  watch = new Watch(this, running);

  render() {
    if (!running.value) {
      return nothing;
    }
    const { done, all, failed, stop } = running.value;
    return html`<div class="running"><span>${text.bulkOnTheWay(number(done), all)}${failed ? html` · <span class="wrong">${text.bulkFailures(failed)}</span>` : nothing}</span>
      <progress max=${all} .value=${done} aria-label=${text.bulkProgress}></progress>
      <button class="button small" @click=${stop}>${text.stop}</button></div>`;
  }
}

customElements.define('tm-run', Run);
