import { html, nothing } from '../vendor/lit.js';
import { renderReply, sendReply } from '../api/definitions.js';
import { addComment } from '../api/tickets.js';
import { PageElement } from '../parts/element.js';
import { icons, stateIcon } from '../parts/icons.js';
import { openMenu } from '../parts/menu.js';
import { typedAt, written } from '../parts/mentions.js';
import { face, tagChip } from '../parts/people.js';
import { complain } from '../parts/toasts.js';
import { draft, keepDraft } from '../state/drafts.js';
import { meta } from '../state/meta.js';
import { people } from '../state/people.js';
import { loadReplies, mayArrange, mayReply } from '../state/replies.js';
import { mayWrite, session } from '../state/session.js';
import { Watch } from '../state/signal.js';
import { problemText, stateName, text } from '../texts.js';

/** Writes a comment. What is typed is kept until it is sent; a comment that could not be sent stays, with the reason. */
const MANAGE = '\0manage';
const MOST_OFFERED = 6;

const KINDS = [
  { kind: 'public', action: 'comment', label: text.public, icon: icons.comment },
  { kind: 'internal', action: 'comment-internally', label: text.internal, icon: icons.internal },
];

const open = () => KINDS.filter(({ action }) => mayWrite(action));

/** Whether there is a kind of comment that the reader may write. */
export const mayComment = () => open().length > 0;

class Composer extends PageElement {
  static state = () => ({
    ticket: null,
    typed: '',
    kind: 'public',
    reply: null,
    offered: null,
    preview: false,
    sending: false,
    problem: null,
  });

  watch = new Watch(this, session);

  willUpdate(changed) {
    if (changed.has('ticket') && this.draftOf !== this.#draftName()) {
      this.draftOf = this.#draftName();
      const kept = draft(this.draftOf);
      this.typed = kept?.typed ?? '';
      this.kind = open().find(({ kind }) => kind === kept?.kind)?.kind ?? open()[0]?.kind ?? 'public';
      this.reply = kept?.reply ?? null;
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
    const { typed, kind, reply } = this;
    keepDraft(this.#draftName(), typed ? { typed, kind, reply } : null);
  }

  async #send() {
    if (this.sending || !this.typed.trim()) {
      return;
    }
    this.sending = true;
    this.problem = null;
    try {
      const comment = { body: this.typed, kind: this.kind };
      await (this.reply
        ? sendReply(this.ticket.id, this.reply.name, comment)
        : addComment(this.ticket.id, comment));
      this.#keep({ typed: '', reply: null });
      this.preview = false;
      this.dispatchEvent(new CustomEvent('written', { bubbles: true }));
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.sending = false;
    }
  }

  async #type({ target }) {
    this.#keep({ typed: target.value });
    const at = typedAt(target.value, target.selectionStart);
    if (!at) {
      this.offered = null;
      return;
    }
    const known = [...new Set([...this.#nearby(), ...(await people())])].filter(Boolean);
    const wanted = at.typed.toLowerCase();
    const names = known.filter((name) => name.toLowerCase().includes(wanted) && name !== at.typed).slice(0, MOST_OFFERED);
    if (target.value === this.typed) {
      this.offered = names.length ? { ...at, names, at: 0 } : null;
    }
  }

  /** Who has to do with the ticket is meant more often than others. */
  #nearby() {
    const { reporter, assignee, createdBy, watchers = [] } = this.ticket;
    return [reporter, assignee, createdBy, ...watchers];
  }

  #mention(name) {
    const { from, typed } = this.offered;
    const end = from + 1 + typed.length;
    const mention = `${written(name)} `;
    this.offered = null;
    this.#keep({ typed: this.typed.slice(0, from) + mention + this.typed.slice(end) });
    this.#putCaret(from + mention.length);
  }

  #putCaret(place) {
    this.updateComplete.then(() => {
      const area = this.querySelector('textarea');
      area?.focus();
      area?.setSelectionRange(place, place);
    });
  }

  #key(event) {
    const offered = this.offered;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#send();
    } else if (offered && event.key in steps) {
      event.preventDefault();
      const count = offered.names.length;
      this.offered = { ...offered, at: (offered.at + steps[event.key] + count) % count };
    } else if (offered && (event.key === 'Enter' || event.key === 'Tab') && !event.isComposing) {
      event.preventDefault();
      this.#mention(offered.names[offered.at]);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (offered) {
        this.offered = null;
      } else {
        event.target.blur();
      }
    }
  }

  async #chooseReply(event) {
    const anchor = event.currentTarget;
    try {
      const all = await loadReplies();
      const choices = all.map(({ name, title, status }) => ({
        value: name,
        label: title,
        hint: status ? stateName(status) : undefined,
      }));
      const manage = { value: MANAGE, label: text.manageReplies, icon: icons.edit };
      openMenu(anchor, { label: text.replies, choices: mayArrange() ? [...choices, manage] : choices }, (name) =>
        name === MANAGE ? document.querySelector('tm-replies').show() : this.#insert(all.find((reply) => reply.name === name)),
      );
    } catch (problem) {
      complain(problem);
    }
  }

  /** Where the caret is; what the reply does along with it is done when it is sent. */
  async #insert({ name, title }) {
    try {
      const { body, status, tags } = await renderReply(this.ticket.id, name);
      const place = this.querySelector('textarea')?.selectionStart ?? this.typed.length;
      const reply = status || tags.length ? { name, title, status, tags } : null;
      this.#keep({ typed: this.typed.slice(0, place) + body + this.typed.slice(place), reply: reply ?? this.reply });
      this.preview = false;
      this.#putCaret(place + body.length);
    } catch (problem) {
      complain(problem);
    }
  }

  render() {
    const most = meta.value.limits.commentChars;
    const internal = this.kind === 'internal';
    const choice = ({ kind: value, label, icon }) =>
      html`<label class="switch"><input type="radio" name="kind" value=${value} .checked=${this.kind === value} @change=${() => this.#keep({ kind: value })}>${icon}<span>${label}</span></label>`;
    return html`<section class="composer ${internal ? 'internal' : ''}" aria-label=${text.comment}>
      ${
        this.preview
          ? html`<div class="preview"><tm-prose .source=${this.typed || text.nothingToPreview}></tm-prose></div>`
          : html`<textarea dir="auto" aria-label=${text.comment} placeholder=${internal ? text.commentInternalHint : text.commentHint}
        aria-autocomplete="list" aria-controls=${this.offered ? 'offered' : nothing} aria-activedescendant=${this.offered ? `offered-${this.offered.at}` : nothing}
        .value=${this.typed} @input=${this.#type} @keydown=${this.#key} @blur=${() => (this.offered = null)}></textarea>${this.#offers()}`
      }
      ${this.reply ? this.#along() : nothing}
      ${this.problem ? html`<p class="wrong" role="alert">${problemText(this.problem)}</p>` : nothing}
      ${this.typed.length > most ? html`<p class="wrong" role="alert">${text.tooLong(this.typed.length, most)}</p>` : nothing}
      <div class="line">
        <fieldset class="kinds"><legend class="unseen">${text.comment}</legend>${open().map(choice)}</fieldset>
        <span class="gap"></span>
        ${mayReply() ? html`<button class="button quiet small icon" aria-haspopup="listbox" aria-label=${text.replies} title=${text.replies} @click=${this.#chooseReply}>${icons.reply}</button>` : nothing}
        <button class="button quiet small" aria-pressed=${this.preview ? 'true' : 'false'} @click=${() => (this.preview = !this.preview)}>${this.preview ? text.write : text.preview}</button>
        <button class="button primary small send" ?disabled=${this.sending || !this.typed.trim() || this.typed.length > most} @click=${this.#send}>${internal ? text.sendInternal : text.send}</button>
      </div></section>`;
  }

  #offers() {
    const { offered } = this;
    return offered
      ? html`<ul class="offered" id="offered" role="listbox" aria-label=${text.mention}>${offered.names.map(
          (name, index) => html`<li id="offered-${index}" role="option" aria-selected=${index === offered.at ? 'true' : 'false'} class=${index === offered.at ? 'active' : ''}
          @pointerdown=${(event) => event.preventDefault()} @click=${() => this.#mention(name)}>${face(name, { silent: true })}<span class="label" dir="auto">${name}</span></li>`,
        )}</ul>`
      : nothing;
  }

  /** What goes along with the reply. */
  #along() {
    const { title, status, tags } = this.reply;
    return html`<p class="along"><span class="hint">${text.alongWith(title)}</span>
      ${status ? html`<span class="badge">${stateIcon(status, { silent: true })}${stateName(status)}</span>` : nothing}${tags.map(tagChip)}
      <button class="button quiet icon small" aria-label=${text.onlyComment} title=${text.onlyComment} @click=${() => this.#keep({ reply: null })}>${icons.close}</button></p>`;
  }
}

customElements.define('tm-composer', Composer);
