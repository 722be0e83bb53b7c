import { html, nothing } from '../vendor/lit.js';
import { findSimilar } from '../api/tickets.js';
import { ticketAddress } from '../state/route.js';
import { may } from '../state/session.js';
import { text } from '../texts.js';
import { PageElement } from './element.js';
import { stateIcon } from './icons.js';

/** Tickets like the one that is being written, looked for whenever its author pauses. They open beside, and the draft stays. */
const TYPING_MILLIS = 350;
const SHORTEST = 3;

class Similar extends PageElement {
  static state = () => ({ title: '', description: '', items: [] });

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#forget();
  }

  willUpdate(changed) {
    if (changed.has('title') || changed.has('description')) {
      this.#forget();
      this.timer = setTimeout(() => this.#look(), TYPING_MILLIS);
    }
  }

  #forget() {
    clearTimeout(this.timer);
    this.request?.abort();
  }

  async #look() {
    const { title, description } = this;
    if (title.trim().length < SHORTEST || !may('read')) {
      this.items = [];
      return;
    }
    const request = new AbortController();
    this.request = request;
    try {
      const items = await findSimilar(title, description, request.signal);
      if (this.request === request) {
        this.items = items;
      }
    } catch {
      // nobody waits for it, and the next pause asks again
    }
  }

  render() {
    return html`<div role="status">${
      this.items.length
        ? html`<section class="similar" aria-label=${text.similar}><h2>${text.similar}</h2>
      <ul>${this.items.map(
        ({ key, title, status }) => html`<li><a href=${ticketAddress(key)} target="_blank" rel="noopener">${stateIcon(status)}<span class="key">${key}</span>
        <span class="title" dir="auto">${title}</span></a></li>`,
      )}</ul></section>`
        : nothing
    }</div>`;
  }
}

customElements.define('tm-similar', Similar);
