import { html, nothing } from '../vendor/lit.js';
import { createTicket } from '../api/tickets.js';
import { PageElement } from '../parts/element.js';
import { icons, priorityIcon } from '../parts/icons.js';
import { openMenu } from '../parts/menu.js';
import { face, tagChip } from '../parts/people.js';
import { say } from '../parts/toasts.js';
import { draft, keepDraft } from '../state/drafts.js';
import { meta } from '../state/meta.js';
import '../parts/similar.js';
import { people } from '../state/people.js';
import { go, ticketAddress } from '../state/route.js';
import { session } from '../state/session.js';
import { priorityName, problemText, text, typeName } from '../texts.js';

/** A new ticket. What is typed is kept until it is sent, through Escape and reload. */
const DRAFT = 'new';

const blank = () => ({
  title: '',
  description: '',
  type: meta.value.workflow.types[0],
  priority: 'normal',
  assignee: null,
  tags: [],
});

class Create extends PageElement {
  static state = () => ({ form: null, problem: null, sending: false });

  show() {
    if (!meta.value) {
      return;
    }
    this.form = { ...blank(), ...draft(DRAFT) };
    this.problem = null;
    this.updateComplete.then(() => {
      this.querySelector('dialog').showModal();
      this.querySelector('[name="title"]').focus();
    });
  }

  #set(change) {
    this.form = { ...this.form, ...change };
    keepDraft(DRAFT, this.form.title || this.form.description ? this.form : null);
  }

  async #submit(event) {
    event?.preventDefault();
    if (this.sending || !this.form.title.trim()) {
      this.querySelector('[name="title"]').focus();
      return;
    }
    this.sending = true;
    this.problem = null;
    try {
      const { assignee, ...fields } = this.form;
      const ticket = await createTicket(assignee ? { ...fields, assignee } : fields);
      keepDraft(DRAFT, null);
      this.querySelector('dialog').close();
      say(text.created(ticket.key), { label: text.open, run: () => go(ticketAddress(ticket.key)) });
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.sending = false;
    }
  }

  #key(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      this.#submit(event);
    }
  }

  #choose(field, choices, free) {
    return (event) =>
      openMenu(event.currentTarget, { label: text.change(text[field]), choices, free }, (value) =>
        this.#set({ [field]: value }),
      );
  }

  async #chooseAssignee(event) {
    const anchor = event.currentTarget;
    const person = (name) => ({
      value: name,
      label: name,
      icon: face(name, { silent: true }),
      hint: name === session.value.actor ? text.you : undefined,
    });
    const choices = [
      { value: null, label: text.nobody, icon: face(null, { silent: true }) },
      ...(await people()).map(person),
    ];
    openMenu(anchor, { label: text.assignTo, choices, free: person }, (assignee) => this.#set({ assignee }));
  }

  #chooseTags(event) {
    const choice = (tag) => ({ value: tag, label: tag, chosen: this.form.tags.includes(tag) });
    openMenu(
      event.currentTarget,
      { label: text.tags, many: true, choices: this.form.tags.map(choice), free: choice },
      (tag) => {
        const { tags } = this.form;
        this.#set({ tags: tags.includes(tag) ? tags.filter((other) => other !== tag) : [...tags, tag] });
      },
    );
  }

  render() {
    if (!this.form) {
      return nothing;
    }
    const { title, description, type, priority, assignee, tags } = this.form;
    const { limits, workflow, priorities } = meta.value;
    const types = workflow.types.map((name) => ({ value: name, label: typeName(name), chosen: name === type }));
    const ranks = [...priorities].reverse().map(({ name }) => ({
      value: name,
      label: priorityName(name),
      icon: priorityIcon(name, { silent: true }),
      chosen: name === priority,
    }));
    return html`<dialog class="window" aria-labelledby="create-title" @close=${() => (this.form = null)} @keydown=${this.#key}>
      <header><h1 id="create-title">${text.create}</h1>
        <button class="button quiet icon" aria-label=${text.close} @click=${() => this.querySelector('dialog').close()}>${icons.close}</button></header>
      <form @submit=${this.#submit}>
        <div class="content creating">
          <input class="bare title" name="title" aria-label=${text.title} placeholder=${text.titlePlaceholder} maxlength=${limits.titleChars} required autocomplete="off" dir="auto"
            .value=${title} @input=${(event) => this.#set({ title: event.target.value })}>
          <tm-similar .title=${title} .description=${description}></tm-similar>
          <textarea class="bare" name="description" aria-label=${text.description} placeholder=${text.descriptionPlaceholder} maxlength=${limits.descriptionChars} dir="auto"
            .value=${description} @input=${(event) => this.#set({ description: event.target.value })}></textarea>
          <div class="choices">
            <button type="button" class="button small" aria-haspopup="listbox" aria-label=${`${text.type}: ${typeName(type)}`} @click=${this.#choose('type', types)}>${typeName(type)}</button>
            <button type="button" class="button small" aria-haspopup="listbox" aria-label=${`${text.priority}: ${priorityName(priority)}`} @click=${this.#choose('priority', ranks)}>${priorityIcon(priority, { silent: true })}${priorityName(priority)}</button>
            <button type="button" class="button small" aria-haspopup="listbox" aria-label=${`${text.assignee}: ${assignee ?? text.nobody}`} @click=${this.#chooseAssignee}>${face(assignee, { silent: true })}${assignee ?? text.assignee}</button>
            <button type="button" class="button small" aria-haspopup="listbox" @click=${this.#chooseTags}>${icons.tag}${text.tags}</button>
            ${tags.map(tagChip)}
          </div>
          ${this.problem ? html`<p class="wrong" role="alert">${problemText(this.problem)}</p>` : nothing}
        </div>
        <footer><span class="gap"></span><kbd>Ctrl</kbd><kbd>Enter</kbd><button class="button primary" ?disabled=${this.sending}>${text.createNow}</button></footer>
      </form></dialog>`;
  }
}

customElements.define('tm-create', Create);
