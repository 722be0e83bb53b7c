import { html, nothing } from '../vendor/lit.js';
import { readPlaces } from '../api/tickets.js';
import { PageElement } from '../parts/element.js';
import { icons } from '../parts/icons.js';
import { duration } from '../parts/times.js';
import { text } from '../texts.js';

/** Where the last change of the ticket was accepted, and which nodes are known to hold it, since when. */
const AGAIN_MILLIS = 2000;
const MOST_TRIES = 30;

class Way extends PageElement {
  static state = () => ({ ticket: null, past: [], places: null });

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  willUpdate(changed) {
    if (changed.has('ticket') && this.etag !== this.ticket.etag) {
      this.etag = this.ticket.etag;
      this.tries = 0;
      this.#load();
    }
  }

  /** Asked again while some node is not known to hold it: that it got it is no event. */
  async #load() {
    clearTimeout(this.timer);
    const { etag } = this;
    try {
      const places = await readPlaces(this.ticket.id);
      if (etag === this.etag) {
        this.places = places;
      }
    } catch {
      return;
    }
    if (this.isConnected && this.tries++ < MOST_TRIES && this.places?.members.some((member) => !member.holds)) {
      this.timer = setTimeout(() => this.#load(), AGAIN_MILLIS);
    }
  }

  render() {
    if (!this.places || this.places.members.length < 2) {
      return nothing;
    }
    const accepted = this.places.members.find((member) => member.accepted);
    const others = this.places.members.filter((member) => !member.accepted);
    return html`<section class="way" aria-labelledby="way-title"><h2 id="way-title">${text.way}</h2>
      <ol>${accepted ? this.#place(accepted) : nothing}${others.map((member) => this.#place(member))}</ol></section>`;
  }

  #place(member) {
    const at = member.knownAt ? new Date(member.knownAt) - new Date(this.places.at) : null;
    const words = member.accepted
      ? text.wayAcceptedHere
      : !member.holds
        ? text.wayWaiting
        : at === null
          ? text.wayHolds
          : `${text.wayHolds}, ${text.wayAt(duration(Math.max(0, at)))}`;
    return html`<li class=${member.holds ? 'holds' : 'waits'}><span class="stop">${member.holds ? icons.check : icons.clock}</span><span class="name">${member.name}</span><span class="hint">${words}</span></li>`;
  }
}

customElements.define('tm-way', Way);
