import { html, nothing } from '../vendor/lit.js';
import { readPast } from '../api/tickets.js';
import { PageElement } from '../parts/element.js';
import { icons } from '../parts/icons.js';
import { face } from '../parts/people.js';
import { bones, empty, failed } from '../parts/states.js';
import { time, whole } from '../parts/times.js';
import { nodeName, watchMesh } from '../state/mesh.js';
import { ticketAddress } from '../state/route.js';
import { Watch } from '../state/signal.js';
import { text } from '../texts.js';
import { sentence } from './sentences.js';
import './ticket-properties.js';

/** A ticket as it was at a moment of its past: to be looked at, never to be changed. */
class PastTicket extends PageElement {
  static state = () => ({ ref: '', point: '', all: null, problem: null });

  watch = new Watch(this, watchMesh());

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.request?.abort();
  }

  async #load() {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    try {
      this.all = await readPast(this.ref, this.point, request.signal);
      this.problem = null;
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        this.problem = problem;
      }
    }
  }

  #now() {
    return ticketAddress(this.all?.ticket.key ?? this.ref);
  }

  render() {
    return html`<header class="bar">
        <a class="button quiet icon" aria-label=${text.toNow} title=${text.toNow} href=${this.#now()}>${icons.back}</a>
        <span class="key here">${this.all?.ticket.key ?? this.ref}</span><span class="gap"></span>
      </header><div class="scroll">${this.#body()}</div>`;
  }

  #body() {
    if (this.problem) {
      return this.problem.status === 404
        ? empty(icons.clock, text.pastFailed, text.pastMissing, html`<a class="button" href=${this.#now()}>${text.toNow}</a>`)
        : failed(text.pastFailed, this.problem, () => this.#load());
    }
    if (!this.all) {
      return bones(8);
    }
    const { ticket, comments } = this.all;
    return html`<article class="ticket past" aria-labelledby="ticket-title">
      <div class="ticket-main">
        <div class="banner" role="note">${icons.clock}<span>${text.pastNotice} ${this.#moment()}</span><a class="button small" href=${this.#now()}>${text.toNow}</a></div>
        <div class="heading"><h1 id="ticket-title" dir="auto">${ticket.title}</h1></div>
        ${ticket.description ? html`<div class="described"><tm-prose .source=${ticket.description}></tm-prose></div>` : nothing}
        <section class="activity" aria-labelledby="comments-title"><header><h2 id="comments-title">${text.activityKinds.comments}</h2></header>
          ${comments.complete ? nothing : html`<p class="hint">${text.olderMissing}</p>`}
          <ol>${comments.items.map((comment) => this.#comment(comment))}</ol></section>
      </div>
      <div class="ticket-side"><tm-properties .ticket=${ticket}></tm-properties></div></article>`;
  }

  #moment() {
    const { step, ticket } = this.all;
    return step
      ? html`${text.pastStep} <b dir="auto">${step.actor}</b> ${sentence(step)}, ${whole(step.at)} ${text.onNode(nodeName(step.node))}.`
      : html`${whole(ticket.updatedAt)}`;
  }

  #comment(comment) {
    const internal = comment.kind === 'internal';
    return html`<li class="comment ${internal ? 'internal' : ''}">
      <header>${face(comment.author, { silent: true })}<b dir="auto">${comment.author}</b><span class="when">${time(comment.createdAt)}</span>
        ${internal ? html`<span class="badge amber">${icons.internal}${text.internalOnly}</span>` : nothing}</header>
      ${comment.redactedAt ? html`<p class="hint">${text.redacted(comment.redactedBy)}</p>` : html`<tm-prose .source=${comment.body}></tm-prose>`}</li>`;
  }
}

customElements.define('tm-past', PastTicket);
