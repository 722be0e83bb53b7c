import { html, nothing, repeat } from '../vendor/lit.js';
import { countTickets, listTickets, MOST_AT_ONCE, PAGE, readRow } from '../api/tickets.js';
import { Follow } from '../live/follow.js';
import { pressingBadge } from '../parts/clocks.js';
import { SHAPE, sortOf } from '../parts/filters.js';
import { PageElement } from '../parts/element.js';
import { icons, priorityIcon, stateIcon } from '../parts/icons.js';
import { Keys } from '../parts/keys.js';
import { excerptOf, titleOf } from '../parts/marked.js';
import { openMenu } from '../parts/menu.js';
import { face, tagChip } from '../parts/people.js';
import { bones, empty, failed } from '../parts/states.js';
import { number, time, whole } from '../parts/times.js';
import { meta } from '../state/meta.js';
import { go, listAddress, route, ticketAddress } from '../state/route.js';
import { mayWrite, session } from '../state/session.js';
import { Watch } from '../state/signal.js';
import { changeTheme, theme } from '../state/theme.js';
import { columnsOf, views } from '../state/views.js';
import { columnName, text } from '../texts.js';
import { assignToMe, chooseAssignee, choosePriority, chooseStatus, chooseTags, deleteAll } from './actions.js';
import { cell, COLUMNS, leading } from './columns.js';
import { Everything } from './everything.js';
import { shownKeys } from './neighbours.js';
import { offices, pages, placeOf, PLACES } from './places.js';
import { running } from './run.js';

/**
 * The list. It is read page by page while the reader scrolls; what others change is read anew when events tell of it: the first page as a whole, further
 * rows one by one.
 */

/** More rows are not held at once. */
const MOST_ROWS = 2000;
const MOST_SINGLE_READS = 20;
const FRESH_MILLIS = 1600;
const THEME = '\0theme';

class Tickets extends PageElement {
  static state = () => ({
    rows: null,
    total: null,
    problem: null,
    loading: false,
    chosen: new Set(),
    everything: false,
    fresh: new Set(),
  });

  watch = new Watch(this, route, meta, views, running, session);
  follow = new Follow(this, (told) => this.#hear(told));
  keys = new Keys(this, () => this.#shortcuts());

  connectedCallback() {
    super.connectedCallback();
    this.end = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && this.#more(), {
      rootMargin: '600px',
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.end.disconnect();
    this.request?.abort();
  }

  willUpdate() {
    if (route.value.page === 'tickets' && route.value.query !== this.query) {
      this.query = route.value.query;
      this.#load();
    }
  }

  updated() {
    const sentinel = this.querySelector('.sentinel');
    if (sentinel !== this.sentinel) {
      this.end.disconnect();
      this.sentinel = sentinel;
      if (sentinel) {
        this.end.observe(sentinel);
      }
    }
  }

  #sorted() {
    const query = this.#filters();
    query.set('sort', sortOf(new URLSearchParams(this.query)));
    return query;
  }

  /** Which tickets, without how they are shown. */
  #filters() {
    const query = new URLSearchParams(this.query);
    SHAPE.forEach((name) => query.delete(name));
    return query;
  }

  #columns() {
    return columnsOf(new URLSearchParams(this.query));
  }

  #read({ cursor, limit, signal }) {
    return listTickets(this.#sorted(), { cursor, limit, more: this.#columns(), signal });
  }

  async #load({ cursor = null } = {}) {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    this.loading = true;
    this.problem = null;
    this.#choose(new Set());
    try {
      const page = await this.#read({ cursor, signal: request.signal });
      if (this.request !== request) {
        return;
      }
      this.begin = cursor;
      this.#show(page.items, page.next);
      this.querySelector('.scroll')?.scrollTo(0, 0);
      this.#count(request.signal);
    } catch (problem) {
      if (this.request === request && problem.name !== 'AbortError') {
        this.problem = problem;
        this.rows ??= [];
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
    if (this.heardMeanwhile) {
      this.heardMeanwhile = false;
      this.#hear({ tickets: new Map(), reset: false });
    }
  }

  #show(rows, next) {
    this.rows = rows;
    this.next = next ?? null;
    shownKeys.value = rows.map((row) => row.key);
  }

  /** Beside the rows, which nobody has to wait for. */
  async #count(signal) {
    try {
      this.total = await countTickets(this.#filters(), signal);
    } catch {
      this.total = this.everything ? this.total : null;
    }
  }

  async #more() {
    if (this.loading || !this.next || this.rows.length >= MOST_ROWS) {
      return;
    }
    const { request } = this;
    this.loading = true;
    try {
      const page = await this.#read({ cursor: this.next, signal: request.signal });
      if (this.request === request) {
        const known = new Set(this.rows.map((row) => row.id));
        this.#show([...this.rows, ...page.items.filter((row) => !known.has(row.id))], page.next);
      }
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

  async #hear({ tickets, reset }) {
    const { request } = this;
    if (this.loading || !this.rows) {
      this.heardMeanwhile = true;
      return;
    }
    if (this.problem || (reset && this.rows.length > MOST_AT_ONCE)) {
      await (this.#queryProblem() ? null : this.#load());
      return;
    }
    try {
      const limit = Math.min(MOST_AT_ONCE, Math.max(PAGE, this.rows.length));
      const head = await this.#read({ cursor: this.begin, limit, signal: request.signal });
      const changed = this.#beyond(head).filter((row) => tickets.has(row.id));
      const newer = await Promise.all(
        changed.slice(0, MOST_SINGLE_READS).map((row) => readRow(row.id).catch(() => null)),
      );
      if (this.request !== request) {
        return;
      }
      const byId = new Map(newer.filter(Boolean).map((row) => [row.id, row]));
      const tail = this.#beyond(head).map((row) => byId.get(row.id) ?? row);
      this.#refresh(
        [...head.items, ...tail].filter((row) => !row.deleted),
        tail.length ? this.next : head.next,
      );
      this.#count(request.signal);
    } catch {
      // the rows stand as they are; the next event, or the connection that comes back, reads them again
    }
  }

  /** The rows behind those that were read anew; more of them may have come since. */
  #beyond(head) {
    const inHead = new Set(head.items.map((row) => row.id));
    return head.next ? this.rows.slice(head.items.length).filter((row) => !inHead.has(row.id)) : [];
  }

  #refresh(rows, next) {
    const before = new Map(this.rows.map((row) => [row.id, row.etag]));
    this.fresh = new Set(rows.filter((row) => before.get(row.id) !== row.etag).map((row) => row.id));
    const there = new Set(rows.map((row) => row.id));
    this.chosen = new Set([...this.chosen].filter((id) => there.has(id)));
    this.#show(rows, next);
    clearTimeout(this.freshness);
    this.freshness = setTimeout(() => (this.fresh = new Set()), FRESH_MILLIS);
  }

  #links() {
    return [...this.querySelectorAll('.row .title')];
  }

  #step(by) {
    const links = this.#links();
    const at = links.indexOf(document.activeElement);
    const to = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.max(0, Math.min(links.length - 1, at + by))];
    to?.focus();
    to?.closest('.row').scrollIntoView({ block: 'nearest' });
  }

  #inFocus() {
    const row = document.activeElement?.closest('.row');
    return row ? this.rows.find(({ id }) => id === row.dataset.id) : undefined;
  }

  /** What a key acts on: all that the filters let through, the chosen rows, else the one in focus. */
  #targets() {
    if (this.everything) {
      return new Everything(this.#filters(), this.total);
    }
    const chosen = this.rows?.filter((row) => this.chosen.has(row.id)) ?? [];
    const focused = this.#inFocus();
    return chosen.length ? chosen : focused ? [focused] : [];
  }

  #shortcuts() {
    const on = (act) => () => {
      const targets = this.#targets();
      return targets.length ? act(document.activeElement, targets) : false;
    };
    return {
      j: () => this.#step(1),
      k: () => this.#step(-1),
      ArrowDown: () => this.#step(1),
      ArrowUp: () => this.#step(-1),
      x: () => {
        const row = this.#inFocus();
        return row ? this.#toggle(row) : false;
      },
      '/': () => this.querySelector('tm-filters').focusSearch(),
      s: on(chooseStatus),
      p: on(choosePriority),
      a: on(chooseAssignee),
      i: on((anchor, targets) => assignToMe(targets)),
      t: on((anchor, targets) => chooseTags(anchor, targets, this.#knownTags())),
      e: () => this.#open('title'),
      d: () => this.#open('description'),
      m: () => this.#open('comment'),
      Escape: () => (this.everything || this.chosen.size ? this.#choose(new Set()) : false),
    };
  }

  #open(edit) {
    const row = this.#inFocus();
    return row ? go(`${ticketAddress(row.key)}?edit=${edit}`) : false;
  }

  #knownTags() {
    return [...new Set(this.rows.flatMap((row) => row.tags))].slice(0, 100);
  }

  #choose(chosen, { everything = false } = {}) {
    this.chosen = chosen;
    this.everything = everything;
  }

  /** Who takes one away from everything keeps the others that are shown. */
  #toggle(row, event) {
    const chosen = new Set(this.everything ? this.rows.map(({ id }) => id) : this.chosen);
    if (event?.shiftKey && this.lastToggled) {
      const ids = this.rows.map(({ id }) => id);
      const [from, to] = [ids.indexOf(this.lastToggled), ids.indexOf(row.id)].sort((one, two) => one - two);
      ids.slice(Math.max(0, from), to + 1).forEach((id) => chosen.add(id));
    } else if (!chosen.delete(row.id)) {
      chosen.add(row.id);
    }
    this.lastToggled = row.id;
    this.#choose(chosen);
  }

  render() {
    return html`
      <header class="bar"><button class="button quiet icon narrow-only" aria-haspopup="listbox" aria-label=${text.places} @click=${this.#choosePlace}>${icons.view}</button><h1>${placeOf(this.query)}${this.total === null ? nothing : html` <span class="number" aria-label=${`${this.total}`}>${number(this.total)}</span>`}</h1></header>
      <tm-filters .query=${this.query} .page=${'tickets'} .tags=${this.rows ? this.#knownTags() : []} .columns=${COLUMNS} .problem=${this.#queryProblem()}
        @leave=${() => this.#step(1)}></tm-filters>
      <div class="scroll">${this.#body()}</div>
      ${this.everything || this.chosen.size ? this.#bulk() : nothing}`;
  }

  /** Where the navigation beside the page has no room. */
  #choosePlace(event) {
    const places = [...PLACES, ...views.value.map(({ title, query }) => ({ name: title, query }))].map(({ name, query, icon }) => ({
      value: query,
      label: name,
      icon: icon ?? icons.view,
      chosen: query === this.query,
    }));
    const further = [...pages(), ...offices()].map(({ page, name, icon }) => ({ value: `#/${page}`, label: name, icon }));
    const appearance = { value: THEME, label: text.theme[theme.value], icon: icons[theme.value] };
    openMenu(event.currentTarget, { label: text.places, choices: [...places, ...further, appearance] }, (chosen) =>
      chosen === THEME ? changeTheme() : go(chosen.startsWith('#/') ? chosen : listAddress(chosen)),
    );
  }

  #queryProblem() {
    return this.problem?.status === 400 && this.rows ? this.problem.message : null;
  }

  #body() {
    if (this.problem && !this.#queryProblem()) {
      return failed(text.listFailed, this.problem, () => this.#load());
    }
    if (!this.rows || !meta.value) {
      return bones(12);
    }
    if (!this.rows.length && !this.loading) {
      const filtered = this.#filters().size > 0;
      return filtered
        ? empty(
            icons.tickets,
            text.listEmpty,
            text.listEmptyHint,
            html`<a class="button" href=${listAddress('sort=-updatedAt')}>${text.everything}</a>`,
          )
        : empty(
            icons.tickets,
            text.nothingYet,
            text.nothingYetHint,
            mayWrite('create') ? html`<button class="button primary" @click=${() => this.#create()}>${icons.plus}${text.create}</button>` : nothing,
          );
    }
    const columns = this.#columns();
    return html`${this.begin ? html`<p class="list-end"><button class="button small" @click=${() => this.#load()}>${text.toBegin}</button></p>` : nothing}
      ${columns.length ? this.#table(columns) : this.#list()}
      ${this.next ? this.#end() : nothing}`;
  }

  #list() {
    return html`<ol class="rows ${this.#choosing()}" aria-busy=${this.loading ? 'true' : 'false'}>${repeat(
      this.rows,
      (row) => row.id,
      (row) => this.#row(row),
    )}</ol>`;
  }

  /** The rows with the columns that were chosen. */
  #table(columns) {
    return html`<div class="columned-frame" tabindex="0" role="region" aria-label=${placeOf(this.query)}><table class="columned ${this.#choosing()}" aria-busy=${this.loading ? 'true' : 'false'}>
      <thead><tr><th scope="col"><span class="unseen">${text.selection}</span></th>${columns.map((column) => html`<th scope="col">${columnName(column)}</th>`)}</tr></thead>
      <tbody>${repeat(
        this.rows,
        (row) => row.id,
        (row) => this.#line(row, columns),
      )}</tbody></table></div>`;
  }

  #choosing() {
    return this.everything || this.chosen.size ? 'choosing' : '';
  }

  #isChosen(row) {
    return this.everything || this.chosen.has(row.id);
  }

  #rowClass(row) {
    return `row ${this.#isChosen(row) ? 'chosen' : ''} ${this.fresh.has(row.id) ? 'fresh' : ''}`;
  }

  #pick(row) {
    return html`<label class="pick"><input type="checkbox" tabindex="-1" aria-label=${text.select(row.key)} .checked=${this.#isChosen(row)} @click=${(event) => this.#toggle(row, event)}></label>`;
  }

  #line(row, columns) {
    const leads = leading(columns);
    const shown = (column) =>
      column === leads
        ? html`<a class="title" href=${ticketAddress(row.key)} dir="auto" aria-label=${leads === 'title' || leads === 'key' ? nothing : row.key}>${cell(row, column)}</a>`
        : cell(row, column);
    return html`<tr class=${this.#rowClass(row)} data-id=${row.id}><td>${this.#pick(row)}</td>${columns.map(
      (column) => html`<td data-column=${column}><span class="cell">${column in row ? shown(column) : nothing}</span></td>`,
    )}</tr>`;
  }

  #create() {
    this.dispatchEvent(new CustomEvent('create', { bubbles: true }));
  }

  #end() {
    return this.rows.length < MOST_ROWS
      ? html`<div class="list-end sentinel"><span class="unseen">${text.loading}</span></div>`
      : html`<div class="list-end"><p>${text.windowFull}</p><button class="button small" @click=${() => this.#load({ cursor: this.next })}>${text.goOn}</button></div>`;
  }

  #row(row) {
    return html`<li class=${this.#rowClass(row)} data-id=${row.id}>
      ${this.#pick(row)}
      <span class="rank">${priorityIcon(row.priority)}</span>
      <span class="key">${row.key}</span>
      <span class="state">${stateIcon(row.status)}</span>
      <span class="what"><a class="title" href=${ticketAddress(row.key)} dir="auto">${titleOf(row)}</a>
        ${row.conflicts?.length ? html`<span class="mark conflict" title=${text.inConflict}>${icons.conflict}<span class="unseen">${text.inConflict}</span></span>` : nothing}
        ${row.overdue ? html`<span class="mark" title=${text.isOverdue}>${icons.clock}<span class="unseen">${text.isOverdue}</span></span>` : nothing}
        ${pressingBadge(row.sla)}
        <span class="tags">${row.tags.slice(0, 4).map(tagChip)}</span></span>
      <span class="about"><span class="meta">
        ${row.occurrences > 1 ? html`<span class="count occurrences" title=${happened(row)}>${number(row.occurrences)}×</span>` : nothing}
        ${row.commentCount ? html`<span class="count" title=${text.comments(row.commentCount)}>${icons.comment}${number(row.commentCount)}</span>` : nothing}
        ${time(row.updatedAt)}</span>${face(row.assignee)}</span>${excerptOf(row)}</li>`;
  }

  #bulk() {
    const targets = this.#targets();
    const busy = running.value !== null;
    const words = this.everything ? text.selectedAll(targets.length) : text.selected(targets.length);
    const button = (action, label, act, kind = '') =>
      mayWrite(action)
        ? html`<button class="button quiet small ${kind}" ?disabled=${busy} @click=${(event) => act(event.currentTarget, targets)}>${label}</button>`
        : nothing;
    return html`<div class="bulk" role="toolbar" aria-label=${words}>
      <span class="count" aria-live="polite">${words}</span>
      ${targets.length < (this.total ?? 0) ? html`<button class="button quiet small" @click=${() => this.#choose(new Set(), { everything: true })}>${text.selectAll(this.total)}</button>` : nothing}
      ${button('transition', text.status, chooseStatus)}${button('update', text.priority, choosePriority)}${button('update', text.assignee, chooseAssignee)}
      ${button('update', text.tags, (anchor, all) => chooseTags(anchor, all, this.#knownTags()))}
      ${button('delete', text.delete, (anchor, all) => deleteAll(all), 'danger')}
      <button class="button quiet icon small" aria-label=${text.clearSelection} @click=${() => this.#choose(new Set())}>${icons.close}</button></div>`;
  }
}

/** How often it happened, and where and when last. */
const happened = ({ occurrences, lastPlace, lastSeenAt }) =>
  lastPlace ? text.happenedLast(occurrences, lastPlace, whole(lastSeenAt)) : text.happened(occurrences);

customElements.define('tm-tickets', Tickets);
