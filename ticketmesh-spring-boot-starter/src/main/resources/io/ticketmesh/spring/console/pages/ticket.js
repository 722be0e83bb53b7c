import { html, nothing } from '../vendor/lit.js';
import { deleteTicket, readTicket, restoreTicket } from '../api/tickets.js';
import { Follow } from '../live/follow.js';
import { PageElement } from '../parts/element.js';
import { icons } from '../parts/icons.js';
import { Keys } from '../parts/keys.js';
import { sure } from '../parts/dialogs.js';
import { bones, empty, failed } from '../parts/states.js';
import { complain, say } from '../parts/toasts.js';
import { connection } from '../live/stream.js';
import { go, route, ticketAddress } from '../state/route.js';
import { mayWrite, session } from '../state/session.js';
import { Watch } from '../state/signal.js';
import { text } from '../texts.js';
import { assignToMe, chooseAssignee, choosePriority, chooseStatus, chooseTags } from './actions.js';
import { quoted } from './change.js';
import { shownKeys } from './neighbours.js';
import { HOME } from './places.js';
import './ticket-activity.js';
import './ticket-attachments.js';
import { mayComment } from './ticket-composer.js';
import './ticket-conflicts.js';
import './ticket-properties.js';
import './ticket-text.js';
import './ticket-way.js';

/** One ticket with all that belongs to it. It is read anew whenever an event tells of it; what is being typed stands in the parts that it is typed in. */
class TicketPage extends PageElement {
  static state = () => ({ ref: '', all: null, problem: null });

  watch = new Watch(this, shownKeys, session);
  follow = new Follow(
    this,
    ({ tickets, reset }) => (reset || !this.all || tickets.has(this.all.ticket.id)) && this.#load(),
  );
  keys = new Keys(this, () => this.#shortcuts());

  connectedCallback() {
    super.connectedCallback();
    this.#load();
    this.onLive = () => connection.value === 'live' && this.problem && this.#load();
    connection.addEventListener('change', this.onLive);
    this.addEventListener('written', (event) => this.#written(event.detail));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    connection.removeEventListener('change', this.onLive);
    this.request?.abort();
  }

  async #load() {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    try {
      const all = await readTicket(this.ref, request.signal);
      if (this.request === request) {
        this.all = all;
        this.problem = null;
        this.#beginEditing();
      }
    } catch (problem) {
      if (this.request === request && problem.name !== 'AbortError') {
        this.problem = this.all && problem.status === 0 ? null : problem;
      }
    }
  }

  /** What a write of ours came to is shown at once; the rest follows with its event. */
  #written(ticket) {
    if (ticket) {
      this.all = { ...this.all, ticket };
    }
    this.#load();
  }

  /** A list can send the reader here to change something: the address says what, once. */
  async #beginEditing() {
    const edit = new URLSearchParams(route.value.query).get('edit');
    if (edit) {
      go(ticketAddress(route.value.word), { replace: true });
      await this.updateComplete;
      this.#edit(edit);
    }
  }

  #edit(what) {
    if (what === 'comment') {
      this.querySelector('tm-composer')?.begin();
    } else {
      this.querySelector(`tm-text[data-field="${what}"]`)?.begin();
    }
  }

  #step(by) {
    const keys = shownKeys.value;
    const at = keys.indexOf(this.all?.ticket.key);
    const to = at < 0 ? undefined : keys[at + by];
    if (to) {
      go(ticketAddress(to));
    }
    return Boolean(to);
  }

  #shortcuts() {
    const on = (selector, act) => () => {
      const anchor = this.querySelector(selector) ?? this;
      return this.all && !this.all.ticket.deleted ? act(anchor, [this.all.ticket]) : false;
    };
    return {
      e: () => this.#edit('title'),
      d: () => this.#edit('description'),
      m: () => this.#edit('comment'),
      s: on('.value.status', chooseStatus),
      p: on('.value.priority', choosePriority),
      a: on('.value.assignee', chooseAssignee),
      t: on('.value.tags', chooseTags),
      i: on('.value.assignee', (anchor, tickets) => assignToMe(tickets)),
      j: () => this.#step(1),
      k: () => this.#step(-1),
      Escape: () => this.#leave(),
    };
  }

  #leave() {
    if (history.length > 1 && shownKeys.value.length) {
      history.back();
    } else {
      go(HOME);
    }
  }

  async #delete() {
    const { ticket } = this.all;
    if (await sure(text.deleteSure(1), text.deleteHint, text.delete)) {
      try {
        await deleteTicket(ticket.id, quoted(ticket.etag));
        this.#load();
      } catch (problem) {
        complain(problem.status === 412 ? text.tooOld : problem);
        this.#load();
      }
    }
  }

  async #restore() {
    try {
      this.#written(await restoreTicket(this.all.ticket.id));
    } catch (problem) {
      complain(problem);
    }
  }

  async #copy() {
    await navigator.clipboard?.writeText(location.href);
    say(text.copied);
  }

  render() {
    return html`<header class="bar">
        <button class="button quiet icon" aria-label=${text.back} title=${text.back} @click=${this.#leave}>${icons.back}</button>
        ${this.all ? html`<span class="key here">${this.all.ticket.key}</span>` : html`<h1 class="key here">${this.ref}</h1>`}<span class="gap"></span>
        ${this.all && navigator.clipboard ? html`<button class="button quiet icon" aria-label=${text.copyLink} title=${text.copyLink} @click=${this.#copy}>${icons.link}</button>` : nothing}
        ${this.all && !this.all.ticket.deleted && mayWrite('delete') ? html`<button class="button quiet icon" aria-label=${text.delete} title=${text.delete} @click=${this.#delete}>${icons.trash}</button>` : nothing}
      </header><div class="scroll">${this.#body()}</div>`;
  }

  #body() {
    if (this.problem) {
      return this.#noTicket();
    }
    if (!this.all) {
      return bones(8);
    }
    const { ticket, comments, history: past, conflicts } = this.all;
    return html`<article class="ticket" aria-labelledby="ticket-title">
      <div class="ticket-main">
        ${ticket.deleted ? html`<p class="banner">${icons.trash}<span>${text.deletedNotice(ticket.deleted.by)}</span>${mayWrite('delete') ? html`<button class="button small" @click=${this.#restore}>${text.restore}</button>` : nothing}</p>` : nothing}
        ${ticket.mergedInto ? html`<p class="banner">${icons.link}<span>${text.mergedNotice} <a href=${ticketAddress(ticket.mergedInto.key)}>${ticket.mergedInto.key}</a></span></p>` : nothing}
        <tm-conflicts .ticket=${ticket} .conflicts=${conflicts}></tm-conflicts>
        <tm-text data-field="title" .ticket=${ticket} .field=${'title'} .past=${past.items}></tm-text>
        <tm-text data-field="description" .ticket=${ticket} .field=${'description'} .past=${past.items}></tm-text>
        <tm-attachments .ticket=${ticket}></tm-attachments>
        <tm-activity .ticket=${ticket} .comments=${comments} .past=${past}></tm-activity>
        ${ticket.deleted || !mayComment() ? nothing : html`<tm-composer .ticket=${ticket}></tm-composer>`}
      </div>
      <div class="ticket-side">
        <tm-properties .ticket=${ticket}></tm-properties>
        <tm-way .ticket=${ticket} .past=${past.items}></tm-way>
      </div></article>`;
  }

  #noTicket() {
    const { status, code } = this.problem;
    if (status === 404 || status === 410) {
      return empty(
        icons.tickets,
        code === 'purged' ? text.purged : text.notFound,
        text.notFoundHint(this.ref),
        html`<a class="button" href=${HOME}>${text.tickets}</a>`,
      );
    }
    return failed(text.ticketFailed, this.problem, () => this.#load());
  }
}

customElements.define('tm-ticket', TicketPage);
