import { html, nothing, repeat } from '../vendor/lit.js';
import { editComment, redactComment } from '../api/tickets.js';
import { sure } from '../parts/dialogs.js';
import { PageElement } from '../parts/element.js';
import { icons } from '../parts/icons.js';
import { face } from '../parts/people.js';
import { time } from '../parts/times.js';
import { complain } from '../parts/toasts.js';
import { draft, keepDraft } from '../state/drafts.js';
import { nodeName, watchMesh } from '../state/mesh.js';
import { pastAddress } from '../state/route.js';
import { mayWrite, session } from '../state/session.js';
import { Watch } from '../state/signal.js';
import { text } from '../texts.js';
import { sentence } from './sentences.js';

/** What was said and done, in the order of time: by whom, when, and on which node. */
class Activity extends PageElement {
  static state = () => ({ ticket: null, comments: null, past: null, kind: 'all', edited: null, saving: false });

  watch = new Watch(this, watchMesh(), session);

  #entries() {
    const comments =
      this.kind === 'history'
        ? []
        : this.comments.items.map((comment) => ({ id: comment.id, at: comment.createdAt, comment }));
    const steps =
      this.kind === 'comments'
        ? []
        : this.past.items
            .map((step) => ({ id: step.id, at: step.at, step }))
            .filter(({ step }) => this.kind === 'history' || !saidOnly(step));
    return [...comments, ...steps].sort((one, two) => (one.at < two.at ? -1 : one.at > two.at ? 1 : 0));
  }

  #draftName(id) {
    return `${this.ticket.key}.comment.${id}`;
  }

  /** Goes on with what was typed before a reload. */
  #edit(comment) {
    this.edited = {
      id: comment.id,
      ...(draft(this.#draftName(comment.id)) ?? { typed: comment.body, base: comment.body }),
    };
  }

  #type(typed) {
    const { id, base } = this.edited;
    this.edited = { id, typed, base };
    keepDraft(this.#draftName(id), typed === base ? null : { typed, base });
  }

  #end() {
    keepDraft(this.#draftName(this.edited.id), null);
    this.edited = null;
  }

  /** Where somebody else edited the comment meanwhile, the writer is told, and decides by saving again. */
  async #save(comment) {
    if (comment.body !== this.edited.base) {
      complain(text.commentMeanwhile(comment.editedBy ?? text.someone));
      this.edited = { ...this.edited, base: comment.body };
      return;
    }
    this.saving = true;
    try {
      await editComment(this.ticket.id, comment.id, this.edited.typed);
      this.#end();
      this.dispatchEvent(new CustomEvent('written', { bubbles: true }));
    } catch (problem) {
      complain(problem);
    } finally {
      this.saving = false;
    }
  }

  async #redact(comment) {
    if (await sure(text.redactSure, text.redactHint, text.redact)) {
      try {
        await redactComment(this.ticket.id, comment.id);
        this.dispatchEvent(new CustomEvent('written', { bubbles: true }));
      } catch (problem) {
        complain(problem);
      }
    }
  }

  render() {
    const tab = (kind) =>
      html`<label class="switch"><input type="radio" name="activity" .checked=${this.kind === kind} @change=${() => (this.kind = kind)}><span>${text.activityKinds[kind]}</span></label>`;
    return html`<section class="activity" aria-labelledby="activity-title">
      <header><h2 id="activity-title">${text.activity}</h2><fieldset class="kinds"><legend class="unseen">${text.activity}</legend>${Object.keys(text.activityKinds).map(tab)}</fieldset></header>
      ${this.comments.complete && this.past.complete ? nothing : html`<p class="hint">${text.olderMissing}</p>`}
      <ol aria-live="polite" aria-relevant="additions">${repeat(
        this.#entries(),
        ({ id }) => id,
        (entry) => (entry.comment ? this.#comment(entry.comment) : this.#step(entry.step)),
      )}</ol></section>`;
  }

  #step(step) {
    return html`<li class="step">${face(step.actor, { silent: true })}<p><b dir="auto">${step.actor}</b> ${sentence(step)} <span class="when">${time(step.at)} · ${text.onNode(nodeName(step.node))} · <a href=${pastAddress(this.ticket.key, step.id)} title=${text.pastHint}>${text.past}</a></span></p></li>`;
  }

  #comment(comment) {
    const internal = comment.kind === 'internal';
    const editing = this.edited?.id === comment.id;
    return html`<li class="comment ${internal ? 'internal' : ''}">
      <header>${face(comment.author, { silent: true })}<b dir="auto">${comment.author}</b><span class="when">${time(comment.createdAt)}${comment.editedAt ? html` · <span title=${comment.editedBy}>${text.edited}</span>` : nothing}</span>
        ${internal ? html`<span class="badge amber">${icons.internal}${text.internalOnly}</span>` : nothing}<span class="gap"></span>
        ${
          comment.redactedAt || this.ticket.deleted || !mayEdit(comment)
            ? nothing
            : html`<span class="tools">
          <button class="button quiet icon small" aria-label=${text.editComment} title=${text.editComment} @click=${() => this.#edit(comment)}>${icons.edit}</button>
          <button class="button quiet icon small" aria-label=${text.redact} title=${text.redact} @click=${() => this.#redact(comment)}>${icons.trash}</button></span>`
        }</header>
      ${comment.redactedAt ? html`<p class="hint">${text.redacted(comment.redactedBy)}</p>` : editing ? this.#editor(comment) : html`<tm-prose .source=${comment.body}></tm-prose>`}</li>`;
  }

  #editor(comment) {
    return html`<div class="editing"><textarea class="input" dir="auto" aria-label=${text.editComment} .value=${this.edited.typed} @input=${(event) => this.#type(event.target.value)}
        @keydown=${(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && this.#save(comment)}></textarea>
      <p class="line"><button class="button primary small" ?disabled=${this.saving || !this.edited.typed.trim()} @click=${() => this.#save(comment)}>${text.save}</button>
        <button class="button quiet small" @click=${this.#end}>${text.cancel}</button></p></div>`;
  }
}

/** One's own, or with the right to moderate those of others. */
const mayEdit = ({ kind, author }) =>
  mayWrite('moderate') || (author === session.value.actor && mayWrite(kind === 'internal' ? 'comment-internally' : 'comment'));

/** A step that only added comments stands there as the comments. */
const saidOnly = (step) =>
  step.changes.length > 0 &&
  step.changes.every((change) => change.field === 'comments' && change.old === null && change.new !== null);

customElements.define('tm-activity', Activity);
