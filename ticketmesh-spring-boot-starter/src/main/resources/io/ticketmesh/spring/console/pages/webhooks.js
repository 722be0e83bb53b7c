import { html, nothing } from '../vendor/lit.js';
import {
  changeWebhook,
  createWebhook,
  pingWebhook,
  readDeliveries,
  readWebhooks,
  redeliver,
  removeWebhook,
  rotateWebhook,
} from '../api/webhooks.js';
import { PageElement } from '../parts/element.js';
import { icons } from '../parts/icons.js';
import { sure } from '../parts/dialogs.js';
import { bones, empty, failed } from '../parts/states.js';
import { duration, time } from '../parts/times.js';
import { complain, say } from '../parts/toasts.js';
import { problemText, text } from '../texts.js';

/** Other systems that are told what happens, and how they took it. What is shown of deliveries is looked at anew while it is open. */
const AGAIN_MILLIS = 2000;

const EVENTS = [
  'ticket.created',
  'ticket.updated',
  'ticket.commented',
  'ticket.deleted',
  'ticket.restored',
  'ticket.merged',
  'ticket.purged',
];

class WebhooksPage extends PageElement {
  static state = () => ({ webhooks: null, problem: null, creating: null, wrong: null, secret: null, open: null, deliveries: [], busy: false });

  connectedCallback() {
    super.connectedCallback();
    this.request = new AbortController();
    this.#load();
    this.timer = setInterval(() => this.open && !document.hidden && this.#loadDeliveries(), AGAIN_MILLIS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.request.abort();
    clearInterval(this.timer);
  }

  async #load() {
    try {
      this.webhooks = await readWebhooks(this.request.signal);
      this.problem = null;
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        this.problem = problem;
      }
    }
  }

  async #loadDeliveries() {
    const id = this.open;
    try {
      const deliveries = await readDeliveries(id, this.request.signal);
      if (id === this.open) {
        this.deliveries = deliveries;
      }
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        this.problem = problem;
      }
    }
  }

  async #show(id) {
    this.open = this.open === id ? null : id;
    this.deliveries = [];
    if (this.open) {
      await this.#loadDeliveries();
    }
  }

  /** Does something, and shows how things are then. */
  async #act(action) {
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      await action();
      await this.#load();
      if (this.open) {
        await this.#loadDeliveries();
      }
    } catch (problem) {
      complain(problem);
    } finally {
      this.busy = false;
    }
  }

  async #create(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    this.wrong = null;
    this.busy = true;
    try {
      this.secret = await createWebhook({
        url: form.get('url').trim(),
        description: form.get('description'),
        filter: form.get('filter'),
        events: form.getAll('event'),
      });
      this.creating = null;
      await this.#load();
    } catch (problem) {
      this.wrong = problem;
    } finally {
      this.busy = false;
    }
  }

  async #ping(webhook) {
    const { accepted, status, millis, error } = await pingWebhook(webhook.id);
    const words = error ?? text.pinged(status, duration(millis));
    (accepted ? say : complain)(words);
  }

  async #remove(webhook) {
    if (await sure(text.removeWebhookSure(webhook.url), text.removeWebhookHint, text.removeWebhook)) {
      this.open = this.open === webhook.id ? null : this.open;
      this.#act(() => removeWebhook(webhook.id));
    }
  }

  async #rotate(webhook) {
    if (await sure(text.rotateSure, text.rotateHint, text.rotate)) {
      this.#act(async () => {
        this.secret = await rotateWebhook(webhook.id);
      });
    }
  }

  render() {
    return html`<header class="bar"><h1>${text.webhooks} <span class="aside">${text.webhooksHint}</span></h1><span class="gap"></span>
        <button class="button primary" @click=${() => (this.creating = {})}>${icons.plus}${text.newWebhook}</button></header>
      <div class="scroll"><div class="mesh">${this.#body()}</div></div>`;
  }

  #body() {
    if (!this.webhooks) {
      return this.problem ? failed(text.webhooksFailed, this.problem, () => this.#load()) : bones(4);
    }
    return html`${this.secret ? this.#newSecret(this.secret) : nothing}
      ${this.creating ? this.#form() : nothing}
      ${this.webhooks.length || this.creating ? nothing : empty(icons.webhook, text.webhooksNone, text.webhooksNoneHint)}
      ${this.webhooks.map((webhook) => this.#webhook(webhook))}`;
  }

  #newSecret({ url, secret }) {
    return html`<section class="panel" aria-label=${text.secret} role="status"><h2>${text.secret}</h2>
      <p class="hint">${secret ? text.secretHint(url) : text.secretLost}</p>
      ${secret ? html`<p><code class="secret">${secret}</code></p>` : nothing}
      <p><button class="button small" @click=${() => (this.secret = null)}>${text.secretKept}</button></p></section>`;
  }

  #form() {
    return html`<section class="panel"><h2>${text.newWebhook}</h2><form class="panel-form" @submit=${this.#create}>
      <label class="field"><span class="name">${text.webhookUrl}</span><input class="input" name="url" type="url" required maxlength="2048" placeholder="https://" autocomplete="off" autofocus></label>
      <label class="field"><span class="name">${text.description}</span><input class="input" name="description" maxlength="255" autocomplete="off"></label>
      <label class="field"><span class="name">${text.webhookFilter}</span><input class="input" name="filter" maxlength="1000" placeholder="priority:urgent" autocomplete="off"></label>
      <fieldset class="field"><legend class="name">${text.webhookEvents}</legend><div class="choices">
        ${EVENTS.map((event) => html`<label><input type="checkbox" name="event" value=${event}> ${text.eventNames[event]}</label>`)}</div></fieldset>
      ${this.wrong ? html`<p class="wrong" role="alert">${problemText(this.wrong)}</p>` : nothing}
      <p class="choices"><button class="button primary" ?disabled=${this.busy}>${text.createWebhook}</button>
        <button type="button" class="button" @click=${() => (this.creating = null)}>${text.cancel}</button></p></form></section>`;
  }

  #webhook(webhook) {
    const { id, url, events, filter, description, active, stopped } = webhook;
    const shown = this.open === id;
    return html`<section class="panel webhook" aria-label=${url}>
      <h2>${description || url} <span class="badge ${active ? 'green' : 'amber'}">${active ? text.webhookOn : text.webhookOff}</span></h2>
      <p class="hint">${description ? html`${url} · ` : nothing}${events.length ? events.map((event) => text.eventNames[event] ?? event).join(', ') : text.allEvents}${filter ? html` · <code>${filter}</code>` : nothing}</p>
      ${stopped ? html`<p class="wrong">${text.webhookStopped(stopped.reason)}</p>` : nothing}
      <p class="choices">
        <button class="button small" aria-expanded=${shown} @click=${() => this.#show(id)}>${text.deliveries}</button>
        <button class="button small" ?disabled=${this.busy} @click=${() => this.#act(() => this.#ping(webhook))}>${text.ping}</button>
        <button class="button small" ?disabled=${this.busy} @click=${() => this.#act(() => changeWebhook(id, { active: !active }))}>${active ? text.switchOff : text.switchOn}</button>
        <button class="button small" ?disabled=${this.busy} @click=${() => this.#rotate(webhook)}>${text.rotate}</button>
        <button class="button small danger" ?disabled=${this.busy} @click=${() => this.#remove(webhook)}>${text.removeWebhook}</button></p>
      ${shown ? this.#deliveries(id) : nothing}</section>`;
  }

  #deliveries(id) {
    if (!this.deliveries.length) {
      return html`<p class="hint">${text.deliveriesNone}</p>`;
    }
    return html`<div class="table-frame" tabindex="0" role="region" aria-label=${text.deliveries}><table>
      <thead><tr><th scope="col">${text.event}</th><th scope="col">${text.state}</th><th scope="col">${text.tries}</th><th scope="col">${text.lastTry}</th><th scope="col">${text.answer}</th><th><span class="unseen">${text.sendAgain}</span></th></tr></thead>
      <tbody>${this.deliveries.map((delivery) => this.#delivery(id, delivery))}</tbody></table></div>`;
  }

  #delivery(id, delivery) {
    const last = delivery.attempts.at(-1);
    const tone = { delivered: 'green', pending: 'amber', failed: 'red' }[delivery.state] ?? '';
    return html`<tr>
      <th scope="row"><a href=${`#/ticket/${delivery.key}`}>${delivery.key}</a> <span class="hint" title=${delivery.id}>${text.eventNames[delivery.type] ?? delivery.type}</span></th>
      <td><span class="badge ${tone}">${text.deliveryStates[delivery.state] ?? delivery.state}</span>${delivery.nextAt ? html` <span class="hint">${text.nextTry} ${time(delivery.nextAt)}</span>` : nothing}</td>
      <td class="number">${delivery.tries}</td>
      <td>${last ? time(last.at) : '–'}</td>
      <td>${last ? (last.status ?? last.error) : '–'}</td>
      <td><button class="button small" ?disabled=${this.busy} @click=${() => this.#act(() => redeliver(id, delivery.id))}>${text.sendAgain}</button></td></tr>`;
  }
}

customElements.define('tm-webhooks', WebhooksPage);
