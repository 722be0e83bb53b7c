import { html, nothing } from '../vendor/lit.js';
import { settleConflict } from '../api/tickets.js';
import { PageElement } from '../parts/element.js';
import { icons } from '../parts/icons.js';
import { face } from '../parts/people.js';
import { time } from '../parts/times.js';
import { complain, say } from '../parts/toasts.js';
import { nodeName, watchMesh } from '../state/mesh.js';
import { mayWrite, session } from '../state/session.js';
import { Watch } from '../state/signal.js';
import { fieldName, text } from '../texts.js';
import { valueText } from './values.js';

/** Fields into which several people wrote on nodes that could not hear each other. All values are shown; one click settles it. */
class Conflicts extends PageElement {
  static state = () => ({ ticket: null, conflicts: [], settling: false });

  watch = new Watch(this, watchMesh(), session);

  async #settle(field, value) {
    this.settling = true;
    try {
      const ticket = await settleConflict(this.ticket.id, field, value);
      say(text.settled(fieldName(field)));
      this.dispatchEvent(new CustomEvent('written', { bubbles: true, detail: ticket }));
    } catch (problem) {
      if (problem.code !== 'no-conflict') {
        complain(problem);
      }
      this.dispatchEvent(new CustomEvent('written', { bubbles: true }));
    } finally {
      this.settling = false;
    }
  }

  render() {
    return this.conflicts.map(
      (
        conflict,
      ) => html`<section class="conflict" role="alert" aria-label=${text.conflictTitle(fieldName(conflict.field))}>
      <h2>${icons.conflict}${text.conflictTitle(fieldName(conflict.field))}</h2>
      <p>${text.conflictHint}</p>
      <ul>${[conflict.winner, ...conflict.losers].map((written, index) => this.#choice(conflict.field, written, index === 0))}</ul></section>`,
    );
  }

  #choice(field, written, winner) {
    return html`<li>
      <div class="said"><p class="worth" dir="auto">${valueText(field, written.value) || text.emptyValue}</p>
        <p class="by">${face(written.actor, { silent: true })}<span>${written.actor}</span><span>${time(written.at)}</span><span>${text.onNode(nodeName(written.node))}</span>${winner ? html`<span class="badge">${text.countsNow}</span>` : nothing}</p></div>
      ${mayWrite('update') ? html`<button class="button small" ?disabled=${this.settling} @click=${() => this.#settle(field, written.value)}>${text.keepThis}</button>` : nothing}</li>`;
  }
}

customElements.define('tm-conflicts', Conflicts);
