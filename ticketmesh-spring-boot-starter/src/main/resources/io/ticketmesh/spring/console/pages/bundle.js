import { html, nothing } from '../vendor/lit.js';
import { askForBundle, bundleUrl, readBundle, takeIn } from '../api/bundle.js';
import { PageElement } from '../parts/element.js';
import { icons } from '../parts/icons.js';
import { sizeText } from '../parts/sizes.js';
import { number } from '../parts/times.js';
import { mayWrite, session, token } from '../state/session.js';
import { Watch } from '../state/signal.js';
import { problemText, text } from '../texts.js';

/** All operations of the node as a file: taken out of it, and into it. */
const FILE = 'tickets.bundle';
const KEPT_MILLIS = 60_000;
const INCOMPLETE = 409;

class BundlePage extends PageElement {
  static state = () => ({ erased: true, taking: false, notTaken: null, sending: null, report: null, notSent: null });

  watch = new Watch(this, session);

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sending?.stop.abort();
  }

  /** The browser saves it while it comes. It cannot send a token, so where one is needed the file is fetched first, as the browser keeps such things. */
  async #save() {
    const what = { erased: this.erased };
    this.taking = true;
    this.notTaken = null;
    try {
      await askForBundle(what);
      if (token()) {
        const address = URL.createObjectURL(await readBundle(what));
        handOver(address);
        setTimeout(() => URL.revokeObjectURL(address), KEPT_MILLIS);
      } else {
        handOver(bundleUrl(what));
      }
    } catch (problem) {
      this.notTaken = problem.status === INCOMPLETE ? text.bundleIncomplete : problemText(problem);
    } finally {
      this.taking = false;
    }
  }

  async #choose(event) {
    const [file] = event.target.files;
    event.target.value = '';
    if (file) {
      await this.#send(file);
    }
  }

  async #send(file) {
    const sending = { file, part: 0, stop: new AbortController() };
    const progress = (part) => {
      sending.part = part;
      this.requestUpdate();
    };
    this.sending = sending;
    this.report = null;
    this.notSent = null;
    try {
      this.report = { name: file.name, ...(await takeIn(file, { progress, signal: sending.stop.signal })) };
    } catch (problem) {
      this.notSent = refusal(file.name, problem);
    } finally {
      this.sending = null;
    }
  }

  render() {
    return html`<header class="bar"><h1>${text.bundle} <span class="aside">${text.bundleHint}</span></h1></header>
      <div class="scroll"><div class="mesh">${this.#out()}${this.#in()}</div></div>`;
  }

  #out() {
    return html`<section class="panel" aria-labelledby="bundle-out"><h2 id="bundle-out">${text.bundleOut}</h2>
      <div class="told"><ul>${text.bundleHolds.map((line) => html`<li>${line}</li>`)}</ul></div>
      <p class="choices"><label class="check"><input type="checkbox" .checked=${!this.erased} @change=${(event) => (this.erased = !event.target.checked)}> ${text.bundleWithoutErased}</label></p>
      ${this.notTaken ? html`<p class="wrong" role="alert">${this.notTaken}</p>` : nothing}
      <p class="choices"><button class="button" ?disabled=${this.taking} @click=${this.#save}>${icons.file}${text.bundleSave}</button></p></section>`;
  }

  #in() {
    const { sending, report } = this;
    return html`<section class="panel" aria-labelledby="bundle-in"><h2 id="bundle-in">${text.bundleIn}</h2>
      <div class="told"><ul>${text.bundleDoes.map((line) => html`<li>${line}</li>`)}</ul></div>
      ${mayWrite('bundle') ? this.#chooser(sending) : html`<p class="hint">${text.problems['read-only']}</p>`}
      ${sending ? this.#progress(sending) : nothing}
      <div role="status">${
        report
          ? html`<p class="reported">${icons.check}<span><b dir="auto">${report.name}</b> ${text.bundleTaken(number(report.operations), number(report.added), number(report.known))}</span></p>`
          : nothing
      }</div>
      ${this.notSent ? html`<p class="wrong" role="alert">${this.notSent}</p>` : nothing}</section>`;
  }

  #chooser(sending) {
    return html`<p class="choices"><label class="button file-button">${icons.clip}<span>${text.bundleChoose}</span><input type="file" ?disabled=${sending !== null} @change=${this.#choose}></label></p>`;
  }

  #progress({ file, part, stop }) {
    return html`<div class="going"><span class="name" dir="auto">${file.name}</span>
      <progress max="1" .value=${part} aria-label=${text.uploading(file.name)}></progress>
      <span class="hint number">${part < 1 ? text.bundleSent(sizeText(file.size * part), sizeText(file.size)) : text.bundleBeingRead}</span>
      <button class="button small" @click=${() => stop.abort()}>${text.stop}</button></div>`;
  }
}

function handOver(address) {
  Object.assign(document.createElement('a'), { href: address, download: FILE }).click();
}

/** What was before the damage, or before it was stopped, is taken in all the same. */
function refusal(name, problem) {
  if (problem.name === 'AbortError') {
    return text.bundleStopped(name);
  }
  if (problem.code === 'damaged-bundle') {
    return text.bundleDamaged(name, number(problem.body.offset));
  }
  return problem.status === 0 ? text.bundleBroken(name) : text.bundleFailed(name, problemText(problem));
}

customElements.define('tm-bundle', BundlePage);
