import { html, nothing, repeat } from '../vendor/lit.js';
import { MOST_AT_ONCE, listTickets, readRow } from '../api/tickets.js';
import { reportIncident } from '../api/incidents.js';
import { Follow } from '../live/follow.js';
import { PageElement } from '../parts/element.js';
import { icons, priorityIcon, stateIcon } from '../parts/icons.js';
import { bones, empty, failed } from '../parts/states.js';
import { number, time } from '../parts/times.js';
import { say } from '../parts/toasts.js';
import { allowedFrom, meta, stateOf } from '../state/meta.js';
import { go, route, ticketAddress } from '../state/route.js';
import { mayWrite, session } from '../state/session.js';
import { Watch } from '../state/signal.js';
import { priorityName, problemText, stateName, text } from '../texts.js';
import { setStatus } from './actions.js';

/**
 * What programs reported, and how often. No index knows which tickets count something, so they are looked for among those that changed last, which a
 * report does to its ticket, some pages at a time.
 */
const PAGES_AT_ONCE = 10;
const MOST_SINGLE_READS = 20;
const FIELDS = ['reopenCount'];
const SEVERITIES = ['critical', 'error', 'warning', 'info'];
const DONE = 'done=true';

class IncidentsPage extends PageElement {
  static state = () => ({ rows: null, looked: 0, next: null, problem: null, loading: false, reporting: false, wrong: null, busy: false });

  watch = new Watch(this, route, meta, session);
  follow = new Follow(this, (told) => this.#hear(told));

  disconnectedCallback() {
    super.disconnectedCallback();
    this.request?.abort();
  }

  willUpdate() {
    const done = route.value.query === DONE;
    if (route.value.page === 'incidents' && done !== this.done) {
      this.done = done;
      this.rows = null;
      this.#load();
    }
  }

  #load() {
    this.request?.abort();
    this.request = new AbortController();
    this.heardMeanwhile = null;
    return this.#look(this.request, null, new Map(), 0);
  }

  #further() {
    return this.#look(this.request, this.next, new Map(this.rows.map((row) => [row.id, row])), this.looked);
  }

  /** Some pages from there on, added to what was found. */
  async #look(request, from, found, before) {
    this.loading = true;
    const query = new URLSearchParams({ sort: '-updatedAt', ...(this.done ? {} : { category: 'open,waiting' }) });
    let cursor = from;
    let looked = before;
    try {
      for (let page = 0; page < PAGES_AT_ONCE && (page === 0 || cursor); page++) {
        const { items, next } = await listTickets(query, { cursor, limit: MOST_AT_ONCE, more: FIELDS, signal: request.signal });
        items.filter((row) => row.occurrences > 0).forEach((row) => found.set(row.id, row));
        looked += items.length;
        cursor = next ?? null;
      }
      if (this.request !== request) {
        return;
      }
      Object.assign(this, { rows: lastFirst(found.values()), looked, next: cursor, problem: null });
    } catch (problem) {
      if (this.request === request && problem.name !== 'AbortError') {
        this.problem = problem;
      }
    } finally {
      if (this.request === request) {
        this.loading = false;
        this.#catchUp();
      }
    }
  }

  /** What was heard while rows were on their way may not be in them. */
  #catchUp() {
    const told = this.heardMeanwhile;
    if (told) {
      this.heardMeanwhile = null;
      this.#hear(told);
    }
  }

  #keep({ tickets, reset }) {
    const before = this.heardMeanwhile ?? { tickets: new Map(), reset: false };
    this.heardMeanwhile = { tickets: new Map([...before.tickets, ...tickets]), reset: before.reset || reset };
  }

  async #hear({ tickets, reset }) {
    if (this.loading) {
      this.#keep({ tickets, reset });
      return;
    }
    if (!this.rows) {
      return;
    }
    if (reset || tickets.size > MOST_SINGLE_READS) {
      await this.#load();
      return;
    }
    const { request } = this;
    const changed = await Promise.all([...tickets.keys()].map((id) => readRow(id).catch(() => null)));
    if (this.loading) {
      this.#keep({ tickets, reset });
    } else if (this.request === request) {
      const byId = new Map(this.rows.map((row) => [row.id, row]));
      tickets.forEach((event, id) => byId.delete(id));
      changed.filter((row) => row && this.#fits(row)).forEach((row) => byId.set(row.id, row));
      this.rows = lastFirst(byId.values());
    }
  }

  #fits({ occurrences, deleted, statusCategory }) {
    return occurrences > 0 && !deleted && (this.done || statusCategory !== 'done');
  }

  async #report(event) {
    event.preventDefault();
    const form = event.target;
    const told = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
    this.wrong = null;
    this.busy = true;
    try {
      const { key } = await reportIncident(told);
      this.reporting = false;
      say(text.incidentReported(key), { label: text.open, run: () => go(ticketAddress(key)) });
    } catch (problem) {
      this.wrong = problem;
    } finally {
      this.busy = false;
    }
  }

  #begin() {
    this.reporting = true;
    this.wrong = null;
    this.updateComplete.then(() => this.querySelector('[name="dedupKey"]').focus());
  }

  render() {
    const mayReport = mayWrite('report-incident');
    return html`<header class="bar"><h1>${text.incidents} <span class="aside">${text.incidentsHint}</span></h1><span class="gap"></span>
        ${mayReport && !this.reporting ? html`<button class="button" @click=${this.#begin}>${icons.plus}${text.reportIncident}</button>` : nothing}</header>
      <div class="scroll"><div class="mesh">${this.reporting ? this.#form() : nothing}${this.#body()}</div></div>`;
  }

  #form() {
    const { titleChars = 255, commentChars = 65_536 } = meta.value?.limits ?? {};
    return html`<section class="panel" aria-labelledby="report-title"><h2 id="report-title">${text.reportIncident}</h2><form class="panel-form" @submit=${this.#report}>
      <label class="field"><span class="name">${text.dedupKey}</span><input class="input" name="dedupKey" required maxlength="255" autocomplete="off" spellcheck="false" dir="auto" aria-describedby="dedup-hint"></label>
      <p class="hint" id="dedup-hint">${text.dedupKeyHint}</p>
      <label class="field"><span class="name">${text.incidentTitle}</span><input class="input" name="title" maxlength=${titleChars} autocomplete="off" dir="auto"></label>
      <div class="pair"><label class="field"><span class="name">${text.severity}</span><select class="input" name="severity">${SEVERITIES.map((severity) => html`<option value=${severity} ?selected=${severity === 'error'}>${text.severities[severity]}</option>`)}</select></label>
        <label class="field"><span class="name">${text.incidentPlace}</span><input class="input" name="place" maxlength="128" autocomplete="off" spellcheck="false" dir="auto"></label></div>
      <label class="field"><span class="name">${text.incidentDetails}</span><textarea class="input" name="details" maxlength=${commentChars} dir="auto"></textarea></label>
      ${this.wrong ? html`<p class="wrong" role="alert">${problemText(this.wrong)}</p>` : nothing}
      <p class="choices"><button class="button primary" ?disabled=${this.busy}>${text.reportNow}</button>
        <button type="button" class="button" @click=${() => (this.reporting = false)}>${text.cancel}</button></p></form></section>`;
  }

  #body() {
    if (!this.rows) {
      return this.problem ? failed(text.incidentsFailed, this.problem, () => this.#load()) : bones(6);
    }
    return html`${this.problem ? html`<p class="banner" role="status">${icons.warning}<span>${problemText(this.problem)}</span></p>` : nothing}
      <p class="choices"><label class="check"><input type="checkbox" .checked=${this.done} @change=${() => go(this.done ? '#/incidents' : `#/incidents?${DONE}`)}> ${text.incidentsDone}</label></p>
      ${this.rows.length ? this.#table() : empty(icons.incident, this.next ? text.incidentsNoneYet : text.incidentsNone, text.incidentsNoneHint)}
      ${
        this.next
          ? html`<p class="list-end" role="status"><span>${text.incidentsLooked(this.looked)}</span>
        <button class="button small" ?disabled=${this.loading} @click=${() => this.#further()}>${text.incidentsFurther}</button></p>`
          : nothing
      }`;
  }

  #table() {
    return html`<section class="panel"><div class="table-frame" tabindex="0" role="region" aria-label=${text.incidents}><table class="incidents">
      <thead><tr><th scope="col">${text.title}</th><th scope="col">${text.severity}</th><th scope="col">${text.occurrences}</th><th scope="col">${text.lastPlace}</th><th scope="col">${text.lastSeenAt}</th><th scope="col">${text.reopened}</th><th><span class="unseen">${text.openAgain}</span></th></tr></thead>
      <tbody>${repeat(
        this.rows,
        ({ id }) => id,
        (row) => this.#row(row),
      )}</tbody></table></div></section>`;
  }

  #row(row) {
    const { id, key, title, status, priority, occurrences, lastPlace, lastSeenAt, reopenCount } = row;
    const to = this.#wayBack(row);
    return html`<tr data-id=${id}><th scope="row"><span class="incident">${stateIcon(status)}<a href=${ticketAddress(key)} title=${title} dir="auto">${title}</a> <span class="key">${key}</span></span></th>
      <td><span class="with-icon">${priorityIcon(priority, { silent: true })}${priorityName(priority)}</span></td>
      <td class="number">${number(occurrences)}</td>
      <td><span dir="auto">${lastPlace || '–'}</span></td>
      <td>${lastSeenAt ? time(lastSeenAt) : '–'}</td>
      <td class="number">${reopenCount ? number(reopenCount) : '–'}</td>
      <td>${to ? html`<button class="button small" aria-label=${text.openAgainAs(key, stateName(to))} @click=${() => setStatus([row], to)}>${text.openAgain}</button>` : nothing}</td></tr>`;
  }

  /** The state in which one that is done is worked on again, where the reader may and the workflow leads there. */
  #wayBack({ status, statusCategory }) {
    const leads = statusCategory === 'done' && mayWrite('transition');
    return leads ? allowedFrom(status).find((name) => stateOf(name)?.category === 'open') : undefined;
  }
}

const lastFirst = (rows) =>
  [...rows].sort((one, two) => (two.lastSeenAt ?? '').localeCompare(one.lastSeenAt ?? '') || one.key.localeCompare(two.key));

customElements.define('tm-incidents', IncidentsPage);
