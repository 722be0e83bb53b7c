import { html, nothing } from '../vendor/lit.js';
import { sure } from '../parts/dialogs.js';
import { PageElement } from '../parts/element.js';
import { icons } from '../parts/icons.js';
import { openMenu } from '../parts/menu.js';
import { complain, say } from '../parts/toasts.js';
import { meta } from '../state/meta.js';
import { dropReply, loadReplies, replies, saveReply } from '../state/replies.js';
import { Watch } from '../state/signal.js';
import { problemText, stateName, text } from '../texts.js';

/** Canned replies, set up: on the left all of them, on the right the one that is written. */
const BLANK = { name: null, title: '', body: '', status: null, tags: [] };
const LEAVE = '\0leave';

class Replies extends PageElement {
  static state = () => ({ form: null, problem: null, saving: false });

  watch = new Watch(this, replies);

  async show() {
    try {
      await loadReplies();
    } catch (problem) {
      complain(problem);
      return;
    }
    this.#write(replies.value[0] ?? BLANK);
    this.updateComplete.then(() => this.querySelector('dialog').showModal());
  }

  #write(reply) {
    this.form = { ...reply };
    this.problem = null;
  }

  #set(change) {
    this.form = { ...this.form, ...change };
  }

  async #save(event) {
    event.preventDefault();
    this.saving = true;
    this.problem = null;
    const { name, title, body, status, resolution, tags } = this.form;
    try {
      const all = await saveReply(name, { title, body, status, resolution: status ? resolution : null, tags });
      this.#write(all.find((reply) => reply.title === title.trim()) ?? BLANK);
      say(text.replySaved(title.trim()));
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.saving = false;
    }
  }

  async #drop() {
    const { name, title } = this.form;
    if (await sure(text.dropReplySure(title), text.dropReplyHint, text.delete)) {
      try {
        this.#write((await dropReply(name))[0] ?? BLANK);
      } catch (problem) {
        this.problem = problem;
      }
    }
  }

  #chooseStatus(event) {
    const states = meta.value.workflow.states.map(({ name }) => ({
      value: name,
      label: stateName(name),
      chosen: name === this.form.status,
    }));
    const leave = { value: LEAVE, label: text.leaveStatus, chosen: !this.form.status };
    openMenu(event.currentTarget, { label: text.status, choices: [leave, ...states] }, (status) =>
      this.#set({ status: status === LEAVE ? null : status, resolution: null }),
    );
  }

  #close() {
    this.querySelector('dialog').close();
  }

  render() {
    if (!this.form) {
      return nothing;
    }
    const { name, title, body, status, tags } = this.form;
    return html`<dialog class="window" aria-labelledby="replies-title" @close=${(event) => event.target.localName === 'dialog' && (this.form = null)}>
      <header><h1 id="replies-title">${text.replies}</h1>
        <button class="button quiet icon" aria-label=${text.close} @click=${this.#close}>${icons.close}</button></header>
      <div class="content replies">
        <ul class="list" aria-label=${text.replies}>
          ${(replies.value ?? []).map(
            (reply) => html`<li><button class="place" aria-current=${reply.name === name ? 'true' : 'false'} @click=${() => this.#write(reply)}><span class="text" dir="auto">${reply.title}</span></button></li>`,
          )}
          <li><button class="place" aria-current=${name === null ? 'true' : 'false'} @click=${() => this.#write(BLANK)}>${icons.plus}<span class="text">${text.newReply}</span></button></li>
        </ul>
        <form class="creating" @submit=${this.#save}>
          <input class="input" aria-label=${text.replyTitle} placeholder=${text.replyTitle} maxlength="128" required autocomplete="off" dir="auto" .value=${title}
            @input=${(event) => this.#set({ title: event.target.value })}>
          <textarea class="input" aria-label=${text.replyBody} placeholder=${text.replyBody} maxlength="7500" required dir="auto" .value=${body}
            @input=${(event) => this.#set({ body: event.target.value })}></textarea>
          <p class="hint">${text.placeholders}</p>
          <div class="choices">
            <button type="button" class="button small" aria-haspopup="listbox" @click=${this.#chooseStatus}>${text.status}: ${status ? stateName(status) : text.leaveStatus}</button>
            <input class="input" aria-label=${text.replyTags} placeholder=${text.replyTags} autocomplete="off" dir="auto" .value=${tags.join(', ')}
              @change=${(event) => this.#set({ tags: event.target.value.split(',').map((tag) => tag.trim()).filter(Boolean) })}>
          </div>
          ${this.problem ? html`<p class="wrong" role="alert">${problemText(this.problem)}</p>` : nothing}
          <div class="choices">
            ${name ? html`<button type="button" class="button small danger" @click=${this.#drop}>${text.delete}</button>` : nothing}
            <span class="gap"></span>
            <button class="button primary small" ?disabled=${this.saving}>${text.save}</button></div>
        </form></div></dialog>`;
  }
}

customElements.define('tm-replies', Replies);
