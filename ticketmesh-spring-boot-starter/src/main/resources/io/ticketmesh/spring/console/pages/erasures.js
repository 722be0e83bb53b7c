import { html, nothing, repeat } from '../vendor/lit.js';
import { erase, readErasures } from '../api/erasures.js';
import { countTickets } from '../api/tickets.js';
import { sure } from '../parts/dialogs.js';
import { PageElement } from '../parts/element.js';
import { icons } from '../parts/icons.js';
import { bones, empty, failed } from '../parts/states.js';
import { number, time } from '../parts/times.js';
import { say } from '../parts/toasts.js';
import { meta } from '../state/meta.js';
import { mayWrite, session } from '../state/session.js';
import { Watch } from '../state/signal.js';
import { problemText, text } from '../texts.js';

/** People who were erased, and which nodes have carried it out. What is not complete is looked at anew while somebody looks. */
const AGAIN_MILLIS = 2000;
const MODES = ['redact', 'purge'];

class ErasuresPage extends PageElement {
  static state = () => ({ erasures: null, begun: [], problem: null, form: null, wrong: null, busy: false });

  watch = new Watch(this, session, meta);

  connectedCallback() {
    super.connectedCallback();
    this.request = new AbortController();
    this.#look(this.request.signal);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.request.abort();
    clearTimeout(this.timer);
  }

  async #look(signal) {
    clearTimeout(this.timer);
    try {
      if (!document.hidden) {
        this.erasures = await readErasures(signal);
        const listed = new Set(this.erasures.map(({ id }) => id));
        this.begun = this.begun.filter(({ id }) => !listed.has(id));
        this.problem = null;
      }
    } catch (problem) {
      if (problem.name === 'AbortError') {
        return;
      }
      this.problem = problem;
    }
    if (!signal.aborted && this.#all().some(({ complete }) => !complete)) {
      this.timer = setTimeout(() => this.#look(signal), AGAIN_MILLIS);
    }
  }

  /** One that was begun here is shown before the node lists it, which it does when its turn has come. */
  #all() {
    return [...this.begun, ...(this.erasures ?? [])];
  }

  #write() {
    this.form = { person: '', mode: 'redact' };
    this.wrong = null;
    this.updateComplete.then(() => this.querySelector('[name="person"]').focus());
  }

  #set(change) {
    this.form = { ...this.form, ...change };
  }

  async #submit(event) {
    event.preventDefault();
    const { mode } = this.form;
    const person = this.form.person.trim();
    this.wrong = null;
    this.busy = true;
    try {
      const reported = await reportedBy(person, this.request.signal);
      const found = reported === null ? '' : text.eraseFound(reported);
      if (await sure(text.eraseSure(person), found + text.eraseHint[mode], text.eraseNow[mode], { grave: true })) {
        this.begun = [await erase(person, mode), ...this.begun];
        this.form = null;
        say(text.erasureBegun);
        this.#look(this.request.signal);
      }
    } catch (problem) {
      this.wrong = problem;
    } finally {
      this.busy = false;
    }
  }

  render() {
    return html`<header class="bar"><h1>${text.erasures} <span class="aside">${text.erasuresHint}</span></h1><span class="gap"></span>
        ${mayWrite('erase') && !this.form ? html`<button class="button" @click=${this.#write}>${icons.erase}${text.erase}</button>` : nothing}</header>
      <div class="scroll"><div class="mesh">${this.#body()}</div></div>`;
  }

  #body() {
    if (!this.erasures) {
      return this.problem ? failed(text.erasuresFailed, this.problem, () => this.#look(this.request.signal)) : bones(4);
    }
    const all = this.#all();
    return html`${this.problem ? html`<p class="banner" role="status">${icons.warning}<span>${problemText(this.problem)}</span></p>` : nothing}
      ${this.form ? this.#form(this.form) : nothing}
      ${all.length || this.form ? nothing : empty(icons.erase, text.erasuresNone, text.erasuresNoneHint)}
      ${repeat(
        all,
        ({ id }) => id,
        (erasure) => this.#erasure(erasure),
      )}`;
  }

  #form({ person, mode }) {
    return html`<section class="panel" aria-labelledby="erase-title"><h2 id="erase-title">${text.erase}</h2><form class="panel-form" @submit=${this.#submit}>
      <label class="field"><span class="name">${text.erasePerson}</span>
        <input class="input" name="person" required maxlength=${meta.value?.limits.principalChars ?? 128} autocomplete="off" spellcheck="false" dir="auto" aria-describedby="erase-person-hint"
          .value=${person} @input=${(event) => this.#set({ person: event.target.value })}></label>
      <p class="hint" id="erase-person-hint">${text.erasePersonHint}</p>
      <fieldset class="field"><legend class="name">${text.eraseTickets}</legend>
        ${MODES.map((one) => html`<label class="option"><input type="radio" name="mode" value=${one} .checked=${one === mode} @change=${() => this.#set({ mode: one })}> <span><b>${text.eraseModes[one]}</b> ${text.eraseModeHints[one]}</span></label>`)}</fieldset>
      <div class="told"><h3>${text.eraseAlways}</h3><ul>${text.eraseDoes.map((line) => html`<li>${line}</li>`)}</ul>
        <h3>${text.eraseStays}</h3><ul>${text.eraseDoesNot.map((line) => html`<li>${line}</li>`)}</ul></div>
      ${this.wrong ? html`<p class="wrong" role="alert">${problemText(this.wrong)}</p>` : nothing}
      <p class="choices"><button class="button danger" ?disabled=${this.busy}>${text.eraseGoOn}</button>
        <button type="button" class="button" @click=${() => (this.form = null)}>${text.cancel}</button></p></form></section>`;
  }

  #erasure({ id, mode, pseudonym, by, at, finished, tickets, comments, names, complete, members }) {
    const missing = members.filter(({ confirmed }) => !confirmed).length;
    return html`<section class="panel erasure" aria-label=${pseudonym} data-id=${id}>
      <h2><span class="pseudonym">${pseudonym}</span> <span class="badge ${complete ? 'green' : 'amber'}">${complete ? text.erasureComplete : finished ? text.erasureWaits(missing) : text.erasureUnderWay}</span></h2>
      <p class="hint">${text.eraseModes[mode] ?? mode} · ${text.erasureBy} <span dir="auto">${by}</span> · ${time(at)}</p>
      ${finished ? html`<p>${text.erasureDid(number(tickets), number(comments), number(names), mode)}</p>` : html`<p class="hint">${text.erasureUnfinished}</p>`}
      ${
        members.length
          ? html`<ul class="confirmations" aria-label=${text.erasureNodes}>${byName(members).map(
              ({ name, confirmed }) => html`<li class=${confirmed ? 'confirmed' : ''}><span class="dot ${confirmed ? 'live' : 'lost-still'}"></span><span class="name">${name}</span> <span class="hint">${confirmed ? text.erasureConfirmed : text.erasureUnconfirmed}</span></li>`,
            )}</ul>`
          : nothing
      }</section>`;
  }
}

const byName = (members) => [...members].sort((one, two) => one.name.localeCompare(two.name));

/** How many tickets carry this name, which tells a slip of the keyboard from a person; null when that cannot be told. */
async function reportedBy(person, signal) {
  const query = new URLSearchParams({ q: `reporter:"${person.replace(/["\\]/g, '\\$&')}"`, deleted: 'true' });
  return countTickets(query, signal).catch((problem) => {
    if (problem.name === 'AbortError') {
      throw problem;
    }
    return null;
  });
}

customElements.define('tm-erasures', ErasuresPage);
