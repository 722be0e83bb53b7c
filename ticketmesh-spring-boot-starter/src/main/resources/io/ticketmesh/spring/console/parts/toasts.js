import { html, repeat } from '../vendor/lit.js';
import { Signal, Watch } from '../state/signal.js';
import { problemText, text } from '../texts.js';
import { PageElement } from './element.js';
import { icons } from './icons.js';

/** Short messages at the edge of the page, read out by screen readers. At most three stand at once. */
const MOST = 3;
const STANDS_MILLIS = 5000;
const WRONG_STANDS_MILLIS = 9000;

const messages = new Signal([]);
let next = 0;

/** @param {{label: string, run: () => void}} [action] */
export function say(words, action) {
  add({ kind: 'done', words, action });
}

export function complain(problem, action) {
  add({ kind: 'wrong', words: typeof problem === 'string' ? problem : problemText(problem), action });
}

function add(message) {
  const own = { ...message, id: next++ };
  messages.value = [...messages.value, own].slice(-MOST);
  setTimeout(() => drop(own), own.kind === 'wrong' ? WRONG_STANDS_MILLIS : STANDS_MILLIS);
}

function drop(own) {
  messages.value = messages.value.filter((message) => message !== own);
}

class Toasts extends PageElement {
  watch = new Watch(this, messages);

  render() {
    return html`<div class="toasts" role="log" aria-live="polite" aria-relevant="additions">
      ${repeat(
        messages.value,
        (message) => message.id,
        (message) => html`<div class="toast ${message.kind}">
        ${message.kind === 'wrong' ? icons.warning : icons.check}<span>${message.words}</span>
        ${message.action ? html`<button class="button small" @click=${() => this.#act(message)}>${message.action.label}</button>` : ''}
        <button class="button quiet icon small" aria-label=${text.close} @click=${() => drop(message)}>${icons.close}</button></div>`,
      )}
    </div>`;
  }

  #act(message) {
    drop(message);
    message.action.run();
  }
}

customElements.define('tm-toasts', Toasts);
