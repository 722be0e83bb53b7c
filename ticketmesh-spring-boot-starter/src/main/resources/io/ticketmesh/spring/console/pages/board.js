import { html, nothing, repeat } from '../vendor/lit.js';
import { countTickets, listTickets } from '../api/tickets.js';
import { Follow } from '../live/follow.js';
import { PageElement } from '../parts/element.js';
import '../parts/filters.js';
import { icons, priorityIcon, stateIcon } from '../parts/icons.js';
import { Keys } from '../parts/keys.js';
import { face, tagChip } from '../parts/people.js';
import { failed } from '../parts/states.js';
import { number } from '../parts/times.js';
import { allowedFrom, meta } from '../state/meta.js';
import { go, route, ticketAddress } from '../state/route.js';
import { mayWrite, session } from '../state/session.js';
import { Watch } from '../state/signal.js';
import { stateName, text } from '../texts.js';
import { assignToMe, chooseAssignee, choosePriority, chooseStatus, chooseTags, setStatus } from './actions.js';
import { complain } from '../parts/toasts.js';
import { shownKeys } from './neighbours.js';

/**
 * The board: one column for each state, tickets by priority. A ticket is moved by dragging it, or with Shift and an arrow key; only to
 * where the workflow leads. Until the server has answered it stands where it was put.
 */
const CARDS = 30;
const MOST_CARDS = 300;
const FRESH_MILLIS = 1600;

class Board extends PageElement {
  static state = () => ({ columns: {}, problem: null, dragged: null, over: null, fresh: new Set() });

  watch = new Watch(this, route, meta, session);
  follow = new Follow(this, ({ tickets }) => this.#load({ heard: tickets }));
  keys = new Keys(this, () => this.#shortcuts());

  disconnectedCallback() {
    super.disconnectedCallback();
    this.request?.abort();
  }

  willUpdate() {
    if (route.value.page === 'board' && route.value.query !== this.query) {
      this.query = route.value.query;
      this.columns = {};
      this.#load();
    }
  }

  #queryOf(state) {
    const query = new URLSearchParams(this.query);
    query.set('status', state);
    query.set('sort', '-priority,-updatedAt');
    return query;
  }

  async #load({ heard } = {}) {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    try {
      const states = meta.value.workflow.states.map(({ name }) => name);
      const read = await Promise.all(states.map((state) => this.#readColumn(state, request.signal)));
      if (this.request === request) {
        this.columns = Object.fromEntries(states.map((state, index) => [state, read[index]]));
        this.problem = null;
        shownKeys.value = read.flatMap(({ cards }) => cards.map((card) => card.key));
        this.#freshen(heard);
      }
    } catch (problem) {
      if (this.request === request && problem.name !== 'AbortError') {
        this.problem = problem;
      }
    }
  }

  #freshen(heard) {
    if (heard) {
      this.fresh = new Set(heard.keys());
      clearTimeout(this.freshness);
      this.freshness = setTimeout(() => (this.fresh = new Set()), FRESH_MILLIS);
    }
  }

  /** As many cards as were shown before, so that a column does not shrink under the reader; at most a page at once. */
  async #readColumn(state, signal) {
    const query = this.#queryOf(state);
    const shown = this.columns[state]?.cards.length ?? CARDS;
    const [page, total] = await Promise.all([
      listTickets(query, { limit: Math.min(100, Math.max(CARDS, shown)), signal }),
      countTickets(query, signal),
    ]);
    return { cards: page.items, next: page.next, total };
  }

  async #more(state) {
    const column = this.columns[state];
    try {
      const page = await listTickets(this.#queryOf(state), {
        cursor: column.next,
        limit: CARDS,
        signal: this.request.signal,
      });
      const known = new Set(column.cards.map(({ id }) => id));
      const cards = [...column.cards, ...page.items.filter(({ id }) => !known.has(id))];
      this.columns = { ...this.columns, [state]: { ...column, cards, next: page.next } };
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        complain(problem);
      }
    }
  }

  async #move(card, to) {
    const from = card.status;
    if (from === to) {
      return;
    }
    if (!allowedFrom(from).includes(to)) {
      complain(text.refusedMove(card.key, stateName(from), stateName(to)));
      return;
    }
    const before = this.columns;
    this.columns = {
      ...before,
      [from]: without(before[from], card),
      [to]: { ...before[to], cards: [{ ...card, status: to }, ...before[to].cards], total: before[to].total + 1 },
    };
    await this.updateComplete;
    this.#focus(card.id);
    if (!(await setStatus([card], to))) {
      this.columns = before;
      await this.#load();
    }
    this.#focus(card.id);
  }

  #focus(id) {
    this.querySelector(`.card[data-id="${id}"] .title`)?.focus();
  }

  #card() {
    const id = document.activeElement?.closest('.card')?.dataset.id;
    return Object.values(this.columns)
      .flatMap(({ cards }) => cards)
      .find((card) => card.id === id);
  }

  #shift(by) {
    const card = this.#card();
    if (!card || !mayWrite('transition')) {
      return false;
    }
    const states = meta.value.workflow.states.map(({ name }) => name);
    const allowed = allowedFrom(card.status);
    for (let at = states.indexOf(card.status) + by; at >= 0 && at < states.length; at += by) {
      if (allowed.includes(states[at])) {
        this.#move(card, states[at]);
        return true;
      }
    }
    complain(text.refusedMove(card.key, stateName(card.status), by > 0 ? '→' : '←'));
    return true;
  }

  /** To the card above or below, or to the one at the same height in the next column that has one. */
  #step(right, down) {
    const columns = [...this.querySelectorAll('.column')].map((column) => [...column.querySelectorAll('.title')]);
    let column = columns.findIndex((links) => links.includes(document.activeElement));
    if (column < 0) {
      columns.find((links) => links.length)?.[0].focus();
      return;
    }
    let row = columns[column].indexOf(document.activeElement) + down;
    do {
      column += right;
    } while (right && columns[column] && !columns[column].length);
    if (columns[column]) {
      row = Math.max(0, Math.min(row, columns[column].length - 1));
      columns[column][row].focus();
      columns[column][row].closest('.card').scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  #shortcuts() {
    const on = (act) => () => {
      const card = this.#card();
      return card ? act(document.activeElement, [card]) : false;
    };
    const arrow = (right, down) => (event) => (event.shiftKey && right ? this.#shift(right) : this.#step(right, down));
    return {
      ArrowRight: arrow(1, 0),
      ArrowLeft: arrow(-1, 0),
      ArrowDown: arrow(0, 1),
      ArrowUp: arrow(0, -1),
      j: () => this.#step(0, 1),
      k: () => this.#step(0, -1),
      s: on(chooseStatus),
      p: on(choosePriority),
      a: on(chooseAssignee),
      t: on(chooseTags),
      i: on((anchor, cards) => assignToMe(cards)),
      e: on((anchor, [card]) => go(`${ticketAddress(card.key)}?edit=title`)),
      m: on((anchor, [card]) => go(`${ticketAddress(card.key)}?edit=comment`)),
      '/': () => this.querySelector('tm-filters').focusSearch(),
    };
  }

  render() {
    const bad = this.problem?.status === 400 ? this.problem.message : null;
    return html`<header class="bar"><h1>${text.board}</h1></header>
      <tm-filters .query=${this.query} .page=${'board'} .without=${['status']} .problem=${bad} @leave=${() => this.#step(0, 0)}></tm-filters>
      ${
        this.problem && !bad
          ? failed(text.listFailed, this.problem, () => this.#load())
          : html`<p class="unseen">${text.boardHint}</p><div class="columns">
        ${meta.value.workflow.states.map(({ name }) => this.#column(name))}</div>`
      }`;
  }

  #column(state) {
    const column = this.columns[state];
    const target = this.dragged && state !== this.dragged.status;
    const open = target && allowedFrom(this.dragged.status).includes(state);
    const classes = `column ${open ? 'open-to' : ''} ${target && !open ? 'closed-to' : ''} ${open && this.over === state ? 'over' : ''}`;
    return html`<section class=${classes} aria-label=${stateName(state)} data-state=${state}
      @dragover=${(event) => open && this.#dragOver(event, state)} @dragleave=${(event) => !event.currentTarget.contains(event.relatedTarget) && (this.over = null)}
      @drop=${(event) => this.#drop(event, state)}>
      <header>${stateIcon(state, { silent: true })}<h2>${stateName(state)}</h2><span class="number">${column ? number(column.total) : ''}</span></header>
      <ol class="cards" tabindex="-1">
        ${
          column
            ? repeat(
                column.cards,
                ({ id }) => id,
                (card) => this.#cardOf(card),
              )
            : [0, 1, 2].map(
                () =>
                  html`<li class="card" aria-hidden="true"><span class="bone width-0"></span><span class="bone width-3"></span></li>`,
              )
        }
        ${column && !column.cards.length ? html`<li class="vacant">${text.columnEmpty}</li>` : nothing}
        ${column?.next && column.cards.length < MOST_CARDS ? html`<li><button class="button quiet small" @click=${() => this.#more(state)}>${text.more}</button></li>` : nothing}
      </ol></section>`;
  }

  #dragOver(event, state) {
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    this.over = state;
  }

  #drop(event, state) {
    event.preventDefault();
    const card = this.dragged;
    this.dragged = null;
    this.over = null;
    if (card) {
      this.#move(card, state);
    }
  }

  #dragStart(event, card) {
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', card.key);
    // not at once: Chromium gives up a drag whose element changes while it begins
    setTimeout(() => (this.dragged = card));
  }

  #cardOf(card) {
    return html`<li class="card ${this.dragged?.id === card.id ? 'dragged' : ''} ${this.fresh.has(card.id) ? 'fresh' : ''}" data-id=${card.id} draggable=${mayWrite('transition') ? 'true' : 'false'}
      @dragstart=${(event) => this.#dragStart(event, card)} @dragend=${() => (this.dragged = null)}>
      <span class="line"><span class="key">${card.key}</span><span class="gap"></span>
        ${card.conflicts.length ? html`<span class="mark" title=${text.inConflict}>${icons.conflict}<span class="unseen">${text.inConflict}</span></span>` : nothing}
        ${face(card.assignee)}</span>
      <a class="title" draggable="false" href=${ticketAddress(card.key)} dir="auto" aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight">${card.title}</a>
      <span class="line">${priorityIcon(card.priority)}<span class="tags">${card.tags.slice(0, 2).map(tagChip)}</span><span class="gap"></span>
        </span></li>`;
  }
}

const without = (column, card) => ({
  ...column,
  cards: column.cards.filter(({ id }) => id !== card.id),
  total: column.total - 1,
});

customElements.define('tm-board', Board);
