import { html, nothing } from '../vendor/lit.js';
import { PageElement } from '../parts/element.js';
import { icons } from '../parts/icons.js';
import { complain } from '../parts/toasts.js';
import { draft, keepDraft } from '../state/drafts.js';
import { meta } from '../state/meta.js';
import { mayWrite, session } from '../state/session.js';
import { Watch } from '../state/signal.js';
import { fieldName, text } from '../texts.js';
import { change } from './change.js';

/**
 * The title or the description, shown and edited in its place. What is typed is a draft from the first key on: it survives a reload, and a change by somebody
 * else is shown above it, for the writer to decide.
 */
class TextField extends PageElement {
  static state = () => ({ ticket: null, field: '', past: [], typed: null, saving: false });

  watch = new Watch(this, session);

  willUpdate(changed) {
    if (changed.has('ticket') && this.draftOf !== this.#draftName()) {
      this.draftOf = this.#draftName();
      const kept = draft(this.draftOf);
      this.typed = kept?.typed ?? null;
      this.base = kept?.base ?? null;
    }
  }

  #draftName() {
    return `${this.ticket.key}.${this.field}`;
  }

  #most() {
    return this.field === 'title' ? meta.value.limits.titleChars : meta.value.limits.descriptionChars;
  }

  #isStill() {
    return Boolean(this.ticket.deleted) || !mayWrite('update');
  }

  async begin() {
    if (this.#isStill()) {
      return;
    }
    if (this.typed === null) {
      this.base = this.ticket[this.field];
      this.typed = this.base;
    }
    await this.updateComplete;
    const area = this.querySelector('textarea');
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }

  #type(event) {
    this.typed = this.field === 'title' ? event.target.value.replace(/\s*\n\s*/g, ' ') : event.target.value;
    keepDraft(this.#draftName(), this.typed === this.base ? null : { typed: this.typed, base: this.base });
  }

  #end() {
    keepDraft(this.#draftName(), null);
    this.typed = null;
    this.updateComplete.then(() => this.querySelector('.edit')?.focus({ preventScroll: true }));
  }

  /** Writes what was typed over what the writer saw when he began, and over nothing else. */
  async #save() {
    if (this.saving || this.typed === null) {
      return;
    }
    if (this.typed === this.ticket[this.field]) {
      this.#end();
      return;
    }
    if (this.#changedMeanwhile()) {
      this.querySelector('.meanwhile button')?.focus();
      return;
    }
    this.saving = true;
    try {
      const ticket = await change({ ...this.ticket, [this.field]: this.base }, { [this.field]: this.typed });
      this.#end();
      this.#tell(ticket);
    } catch (problem) {
      if (problem.code === 'meanwhile') {
        this.#tell(problem.ticket);
      } else {
        complain(problem);
      }
    } finally {
      this.saving = false;
    }
  }

  #tell(ticket) {
    this.dispatchEvent(new CustomEvent('written', { bubbles: true, detail: ticket }));
  }

  #changedMeanwhile() {
    return this.typed !== null && this.ticket[this.field] !== this.base && this.ticket[this.field] !== this.typed;
  }

  #keepMine() {
    this.base = this.ticket[this.field];
    keepDraft(this.#draftName(), { typed: this.typed, base: this.base });
    this.requestUpdate();
    this.#save();
  }

  #key(event) {
    const sends =
      event.key === 'Enter' && !event.isComposing && (this.field === 'title' || event.ctrlKey || event.metaKey);
    if (sends) {
      event.preventDefault();
      this.#save();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      this.#end();
    }
  }

  render() {
    return this.typed === null ? this.#shown() : this.#edited();
  }

  #shown() {
    const value = this.ticket[this.field];
    const label = this.field === 'title' ? text.editTitle : text.editDescription;
    const edit = this.#isStill()
      ? nothing
      : html`<button class="button quiet icon small edit" aria-label=${label} title=${label} @click=${this.begin}>${icons.edit}</button>`;
    if (this.field === 'title') {
      return html`<div class="heading"><h1 id="ticket-title" dir="auto" @dblclick=${this.begin}>${value}</h1>${edit}</div>`;
    }
    if (!value) {
      return this.#isStill()
        ? nothing
        : html`<button class="add-text edit" @click=${this.begin}>${text.noDescription}</button>`;
    }
    return html`<div class="described"><tm-prose .source=${value}></tm-prose>${edit}</div>`;
  }

  #edited() {
    const title = this.field === 'title';
    const tooLong = this.typed.length > this.#most();
    return html`<div class="editing ${this.field}">
      ${this.#changedMeanwhile() ? this.#meanwhile() : nothing}
      ${title ? html`<h1 class="unseen" id="ticket-title">${this.ticket.title}</h1>` : nothing}
      <textarea class="input" rows=${title ? 1 : 6} dir="auto" aria-label=${title ? text.title : text.description} .value=${this.typed} @input=${this.#type} @keydown=${this.#key}></textarea>
      ${tooLong ? html`<p class="wrong" role="alert">${text.tooLong(this.typed.length, this.#most())}</p>` : nothing}
      <p class="line"><button class="button primary small" ?disabled=${this.saving || tooLong || (title && !this.typed.trim())} @click=${this.#save}>${text.save}</button>
        <button class="button quiet small" @click=${this.#end}>${text.cancel}</button></p></div>`;
  }

  #meanwhile() {
    const last = [...this.past].reverse().find((entry) => entry.changes.some((one) => one.field === this.field));
    return html`<div class="meanwhile" role="alert"><p>${icons.warning}${text.meanwhile(last?.actor ?? text.someone, fieldName(this.field))}</p>
      <blockquote dir="auto">${this.ticket[this.field] || text.emptyValue}</blockquote>
      <p class="line"><button class="button small" @click=${this.#end}>${text.theirs}</button><button class="button small" @click=${this.#keepMine}>${text.keepMine}</button></p></div>`;
  }
}

customElements.define('tm-text', TextField);
