import { html, nothing } from '../vendor/lit.js';
import { addComment } from '../api/tickets.js';
import { PageElement } from '../parts/element.js';
import { icons } from '../parts/icons.js';
import { draft, keepDraft } from '../state/drafts.js';
import { meta } from '../state/meta.js';
import { problemText, text } from '../texts.js';

/** Writes a comment. What is typed is kept until it is sent; a comment that could not be sent stays, with the reason. */
class Composer extends PageElement {
  static state = () => ({ ticket: null, typed: '', kind: 'public', preview: false, sending: false, problem: null });

  willUpdate(changed) {
    if (changed.has('ticket') && this.draftOf !== this.#draftName()) {
      this.draftOf = this.#draftName();
      const kept = draft(this.draftOf);
      this.typed = kept?.typed ?? '';
      this.kind = kept?.kind ?? 'public';
    }
  }

  #draftName() {
    return `${this.ticket.key}.comment`;
  }

  begin() {
    this.preview = false;
    this.updateComplete.then(() => this.querySelector('textarea').focus());
  }

  #keep(change) {
    Object.assign(this, change);
    keepDraft(this.#draftName(), this.typed ? { typed: this.typed, kind: this.kind } : null);
  }

  async #send() {
    if (this.sending || !this.typed.trim()) {
      return;
    }
    this.sending = true;
    this.problem = null;
    try {
      await addComment(this.ticket.id, { body: this.typed, kind: this.kind });
      this.#keep({ typed: '' });
      this.preview = false;
      this.dispatchEvent(new CustomEvent('written', { bubbles: true }));
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.sending = false;
    }
  }

  #key(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#send();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      event.target.blur();
    }
  }

  render() {
    const most = meta.value.limits.commentChars;
    const internal = this.kind === 'internal';
    const kind = (value, label, icon) =>
      html`<label class="switch"><input type="radio" name="kind" value=${value} .checked=${this.kind === value} @change=${() => this.#keep({ kind: value })}>${icon}<span>${label}</span></label>`;
    return html`<section class="composer ${internal ? 'internal' : ''}" aria-label=${text.comment}>
      ${
        this.preview
          ? html`<div class="preview"><tm-prose .source=${this.typed || text.nothingToPreview}></tm-prose></div>`
          : html`<textarea dir="auto" aria-label=${text.comment} placeholder=${internal ? text.commentInternalHint : text.commentHint}
        .value=${this.typed} @input=${(event) => this.#keep({ typed: event.target.value })} @keydown=${this.#key}></textarea>`
      }
      ${this.problem ? html`<p class="wrong" role="alert">${problemText(this.problem)}</p>` : nothing}
      ${this.typed.length > most ? html`<p class="wrong" role="alert">${text.tooLong(this.typed.length, most)}</p>` : nothing}
      <div class="line">
        <fieldset class="kinds"><legend class="unseen">${text.comment}</legend>${kind('public', text.public, icons.comment)}${kind('internal', text.internal, icons.internal)}</fieldset>
        <span class="gap"></span>
        <button class="button quiet small" aria-pressed=${this.preview ? 'true' : 'false'} @click=${() => (this.preview = !this.preview)}>${this.preview ? text.write : text.preview}</button>
        <button class="button primary small send" ?disabled=${this.sending || !this.typed.trim() || this.typed.length > most} @click=${this.#send}>${internal ? text.sendInternal : text.send}</button>
      </div></section>`;
  }
}

customElements.define('tm-composer', Composer);
