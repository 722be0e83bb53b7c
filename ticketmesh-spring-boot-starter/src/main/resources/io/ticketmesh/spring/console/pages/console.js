import { html, keyed, nothing } from '../vendor/lit.js';
import { renewSession } from '../api/http.js';
import { connection, listen } from '../live/stream.js';
import { PageElement } from '../parts/element.js';
import { icons } from '../parts/icons.js';
import { Keys } from '../parts/keys.js';
import { face } from '../parts/people.js';
import { bones, failed } from '../parts/states.js';
import { complain, say } from '../parts/toasts.js';
import { loadMeta, meta } from '../state/meta.js';
import { go, listAddress, route } from '../state/route.js';
import { locked, mayWrite, session } from '../state/session.js';
import { Watch } from '../state/signal.js';
import { changeTheme, theme } from '../state/theme.js';
import { forgetView, loadViews, mayShare, sameList, shareView, views } from '../state/views.js';
import { text } from '../texts.js';
import './board.js';
import './bundle.js';
import './create.js';
import './erasures.js';
import './help.js';
import './incidents.js';
import './mesh.js';
import './numbers.js';
import { HOME, offices, pageName, pages, PLACES } from './places.js';
import './replies.js';
import './run.js';
import './ticket.js';
import './ticket-past.js';
import './tickets.js';
import './token.js';
import './webhooks.js';

/** The frame: navigation, connection, and the page that the address names. */
class Console extends PageElement {
  static state = () => ({ problem: null });

  watch = new Watch(this, route, meta, session, connection, theme, views, locked);
  keys = new Keys(this, () => ({
    c: () => this.#create(),
    '?': () => this.querySelector('tm-help').show(),
    'g t': () => go(HOME),
    ...Object.fromEntries([...pages(), ...offices()].map(({ page, key }) => [key, () => go(`#/${page}`)])),
    '/': () => go(HOME),
  }));
  lostOnce = false;

  connectedCallback() {
    super.connectedCallback();
    if (!location.hash) {
      go(HOME, { replace: true });
    }
    this.lastPage = route.value.page;
    this.addEventListener('create', () => this.#create());
    connection.addEventListener('change', () => this.#connectionChanged());
    route.addEventListener('change', () => this.#arrive());
    locked.addEventListener('change', () => !locked.value && this.#begin());
    document.addEventListener('visibilitychange', () => meta.value && !document.hidden && this.#readViews());
    this.#begin();
    listen();
  }

  async #begin() {
    this.problem = null;
    try {
      await Promise.all([renewSession(), loadMeta()]);
      this.#readViews();
    } catch (problem) {
      this.problem = locked.value ? null : problem;
    }
  }

  /** Without them the page is as useful as before. */
  #readViews() {
    loadViews().catch(() => {});
  }

  #connectionChanged() {
    if (connection.value === 'lost') {
      this.lostOnce = true;
    } else if (connection.value === 'live' && this.lostOnce) {
      this.lostOnce = false;
      say(text.connectedAgain);
      if (meta.value) {
        this.#readViews();
      } else {
        this.#begin();
      }
    }
  }

  /** The title says where one is, and the focus begins there, for those who do not see the page change. */
  #arrive() {
    const { page } = route.value;
    if (page !== this.lastPage) {
      this.lastPage = page;
      this.querySelector('tm-sure dialog')?.close(); // what was asked on the page before is called off
      this.updateComplete.then(() => this.querySelector('main').focus({ preventScroll: true }));
    }
  }

  updated() {
    const { page, word } = route.value;
    const name = page === 'ticket' ? word : (pageName(page) ?? text.tickets);
    document.title = `${name} · ${text.product}`;
  }

  #create() {
    if (!mayWrite('create')) {
      return false;
    }
    this.querySelector('tm-create').show();
    return true;
  }

  render() {
    const { page } = route.value;
    return html`
      <a class="button skip" href="#main" @click=${(event) => this.#skip(event)}>${text.skip}</a>
      ${this.#side()}
      <main class="main" id="main" tabindex="-1">
        ${connection.value === 'lost' ? html`<p class="notice" role="status">${icons.warning}${text.lostNotice}</p>` : nothing}
        <tm-run></tm-run>
        ${this.#page(page)}
      </main>
      <nav class="tabs-below" aria-label=${text.navigation}>
        ${this.#tab(HOME, page === 'tickets' || page === 'ticket', text.tickets, icons.tickets)}
        ${this.#tab('#/board', page === 'board', text.board, icons.board)}
        ${mayWrite('create') ? html`<button class="create" @click=${this.#create}>${icons.plus}<span>${text.createShort}</span></button>` : nothing}
        ${this.#tab('#/numbers', page === 'numbers', text.numbers, icons.numbers)}
        ${this.#tab('#/mesh', page === 'mesh', text.mesh, icons.mesh)}
      </nav>
      <tm-create></tm-create><tm-help></tm-help><tm-replies></tm-replies><tm-token></tm-token><tm-sure></tm-sure><tm-toasts></tm-toasts>`;
  }

  #skip(event) {
    event.preventDefault();
    this.querySelector('main').focus();
  }

  #tab(address, here, name, icon) {
    return html`<a href=${address} aria-current=${here ? 'page' : 'false'}>${icon}<span>${name}</span></a>`;
  }

  #side() {
    const { page, query } = route.value;
    const here = (address) => page === 'tickets' && sameList(query, address);
    const place = (address, name, icon, current) =>
      html`<a class="place" href=${address} aria-current=${current ? 'page' : 'false'}>${icon}<span class="text">${name}</span></a>`;
    return html`<nav class="side" aria-label=${text.navigation}>
      <p class="brand">${brand}${text.product}</p>
      ${mayWrite('create') ? html`<button class="button create" aria-keyshortcuts="c" @click=${this.#create}>${icons.plus}${text.create}</button>` : nothing}
      ${PLACES.map(({ name, query: address, icon }) => place(listAddress(address), name, icon, here(address)))}
      <h2>${text.overview}</h2>
      ${pages().map(({ page: own, name, icon }) => place(`#/${own}`, name, icon, page === own))}
      ${
        offices().length
          ? html`<h2>${text.administration}</h2>${offices().map(({ page: own, name, icon }) => place(`#/${own}`, name, icon, page === own))}`
          : nothing
      }
      ${
        views.value.length
          ? html`<h2>${text.views}</h2>${views.value.map(
              (view) => html`<div class="saved">
        ${place(listAddress(view.query), view.title, view.shared ? icons.shared : icons.view, here(view.query))}
        <span class="acts">${
          mayShare() && !view.shared
            ? html`<button class="button quiet icon small" aria-label=${text.shareView(view.title)} title=${text.shareView(view.title)} @click=${() => shareView(view).then(() => say(text.viewShared(view.title)), complain)}>${icons.shared}</button>`
            : nothing
        }${
          mayShare() || !view.shared
            ? html`<button class="button quiet icon small" aria-label=${text.forgetView(view.title)} title=${text.forgetView(view.title)} @click=${() => forgetView(view).catch(complain)}>${icons.close}</button>`
            : nothing
        }</span></div>`,
            )}`
          : nothing
      }
      <span class="rest"></span>
      <p class="connection" role="status"><span class="dot ${connection.value}"></span>${{ live: text.live, lost: text.lost, connecting: text.connecting }[connection.value]}${session.value.readOnly || meta.value?.requests.readOnly ? html`<span class="badge amber">${text.readOnly}</span>` : nothing}</p>
      <div class="foot">
        <span class="who">${session.value.actor ? html`${face(session.value.actor, { silent: true })}<span class="text">${session.value.actor}</span>` : nothing}</span>
        <button class="button quiet icon" aria-label=${text.theme[theme.value]} title=${text.theme[theme.value]} @click=${changeTheme}>${icons[theme.value]}</button>
        <button class="button quiet icon" aria-label=${text.help} title=${text.help} @click=${() => this.querySelector('tm-help').show()}>${icons.help}</button>
      </div></nav>`;
  }

  #page(page) {
    if (this.problem && !meta.value) {
      return html`<section>${failed(text.listFailed, this.problem, () => this.#begin())}</section>`;
    }
    if (!meta.value && ['board', 'numbers', 'incidents', 'mesh', 'ticket'].includes(page)) {
      return html`<section>${bones(10)}</section>`;
    }
    switch (page) {
      case 'board':
        return html`<tm-board></tm-board>`;
      case 'numbers':
        return html`<tm-numbers></tm-numbers>`;
      case 'mesh':
        return html`<tm-mesh></tm-mesh>`;
      case 'incidents':
        return html`<tm-incidents></tm-incidents>`;
      case 'webhooks':
        return html`<tm-webhooks></tm-webhooks>`;
      case 'erasures':
        return html`<tm-erasures></tm-erasures>`;
      case 'bundle':
        return html`<tm-bundle></tm-bundle>`;
      case 'ticket':
        return this.#ticket();
      default: // asks for its rows while the workflow is still on its way
        return html`<tm-tickets></tm-tickets>`;
    }
  }

  #ticket() {
    const { word, query } = route.value;
    const point = new URLSearchParams(query).get('at');
    return point
      ? keyed(`${word} ${point}`, html`<tm-past .ref=${word} .point=${point}></tm-past>`)
      : keyed(word, html`<tm-ticket .ref=${word}></tm-ticket>`);
  }
}

const brand = html`<svg viewBox="0 0 32 32" aria-hidden="true"><rect class="brand-ground" width="32" height="32" rx="8"/><path class="brand-lines" d="M16 8.5 8.5 21.5h15z"/><g class="brand-nodes"><circle cx="16" cy="8.5" r="3.5"/><circle cx="8.5" cy="21.5" r="3.5"/><circle cx="23.5" cy="21.5" r="3.5"/></g></svg>`;

customElements.define('tm-console', Console);
