import { html, nothing, repeat } from '../vendor/lit.js';
import { attach, attachmentUrl, detach, readAttachment } from '../api/tickets.js';
import { sure } from '../parts/dialogs.js';
import { PageElement } from '../parts/element.js';
import { icons } from '../parts/icons.js';
import { sizeText } from '../parts/sizes.js';
import { time } from '../parts/times.js';
import { complain, say } from '../parts/toasts.js';
import { meta } from '../state/meta.js';
import { mayWrite, session, token } from '../state/session.js';
import { Watch } from '../state/signal.js';
import { problemText, text } from '../texts.js';

/** The files of a ticket. What is sent is sent one file after the other; a drop anywhere on the ticket's page counts. */
class Attachments extends PageElement {
  static state = () => ({ ticket: null, sending: [] });

  watch = new Watch(this, session);

  connectedCallback() {
    super.connectedCallback();
    this.page = this.closest('tm-ticket');
    this.over = (event) => this.#over(event);
    this.out = (event) => event.relatedTarget || this.#mark(false);
    this.drop = (event) => this.#drop(event);
    this.page.addEventListener('dragover', this.over);
    this.page.addEventListener('dragleave', this.out);
    this.page.addEventListener('drop', this.drop);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.page.removeEventListener('dragover', this.over);
    this.page.removeEventListener('dragleave', this.out);
    this.page.removeEventListener('drop', this.drop);
    this.sending.forEach(({ stop }) => stop.abort());
  }

  #takes(event) {
    return this.#isOpen() && [...(event.dataTransfer?.types ?? [])].includes('Files');
  }

  #isOpen() {
    return !this.ticket.deleted && mayWrite('comment');
  }

  /** One's own, or with the right to moderate those of others. */
  #mayRemove({ addedBy }) {
    return this.#isOpen() && (addedBy === session.value.actor || mayWrite('moderate'));
  }

  #mark(dropping) {
    this.page.classList.toggle('dropping', dropping);
  }

  #over(event) {
    if (this.#takes(event)) {
      event.preventDefault();
      this.#mark(true);
    }
  }

  #drop(event) {
    this.#mark(false);
    if (this.#takes(event)) {
      event.preventDefault();
      this.#send([...event.dataTransfer.files]);
    }
  }

  #choose(event) {
    const files = [...event.target.files];
    event.target.value = '';
    this.#send(files);
  }

  async #send(files) {
    const idle = this.sending.length === 0;
    this.sending = [...this.sending, ...files.map((file) => ({ file, part: 0, stop: new AbortController() }))];
    while (idle && this.sending.length) {
      await this.#sendOne(this.sending[0]);
    }
  }

  async #sendOne(one) {
    const { file, stop } = one;
    try {
      this.#check(file);
      const progress = (part) => {
        one.part = part;
        this.requestUpdate();
      };
      this.#show(await attach(this.ticket.id, file, { progress, signal: stop.signal }));
      say(text.uploaded(file.name));
      this.dispatchEvent(new CustomEvent('written', { bubbles: true }));
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        complain(text.notUploaded(file.name, typeof problem === 'string' ? problem : problemText(problem)));
      }
    } finally {
      this.sending = this.sending.filter((other) => other !== one);
    }
  }

  /** At once; the rest of the ticket follows with its event. */
  #show(added) {
    const others = this.ticket.attachments.filter(({ id }) => id !== added.id);
    this.ticket = { ...this.ticket, attachments: [...others, added] };
  }

  /** What the server would refuse is not sent at all. */
  #check(file) {
    const { limits, requests } = meta.value;
    if (file.size > requests.attachmentBytes) {
      throw text.fileTooLarge(sizeText(requests.attachmentBytes));
    }
    if (this.ticket.attachments.length >= limits.attachments) {
      throw text.tooManyFiles(limits.attachments);
    }
  }

  #stop(one) {
    one.stop.abort();
    this.sending = this.sending.filter((other) => other !== one);
  }

  async #remove(attachment) {
    if (await sure(text.detachSure(attachment.name), text.detachHint, text.removeNow)) {
      try {
        await detach(this.ticket.id, attachment.id);
        this.dispatchEvent(new CustomEvent('written', { bubbles: true }));
      } catch (problem) {
        complain(problem);
      }
    }
  }

  /** A link cannot send a token, so the file is fetched with it and handed over. */
  async #save(event, attachment) {
    if (!token()) {
      return;
    }
    event.preventDefault();
    try {
      const address = URL.createObjectURL(await readAttachment(this.ticket.id, attachment.id));
      Object.assign(document.createElement('a'), { href: address, download: attachment.name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch (problem) {
      complain(problem);
    }
  }

  render() {
    const { attachments } = this.ticket;
    if (!this.#isOpen() && !attachments.length) {
      return nothing;
    }
    return html`<section class="attachments" aria-labelledby="attachments-title">
      <header><h2 id="attachments-title">${text.attachments}</h2><span class="gap"></span>
        ${
          !this.#isOpen()
            ? nothing
            : html`<span class="hint">${text.attachHint}</span>
          <label class="button small file-button">${icons.clip}<span>${text.attach}</span><input type="file" multiple @change=${this.#choose}></label>`
        }</header>
      ${attachments.length || this.sending.length ? html`<ul>${this.#files()}${this.#sent()}</ul>` : nothing}</section>`;
  }

  #files() {
    return repeat(
      this.ticket.attachments,
      ({ id }) => id,
      (file) => html`<li>${icons.file}
        <a class="file" dir="auto" title=${file.name} href=${attachmentUrl(this.ticket.id, file.id)} download @click=${(event) => this.#save(event, file)}>${file.name}</a>
        <span class="when">${sizeText(file.size)} · <span dir="auto">${file.addedBy}</span> · ${time(file.addedAt)}</span>
        ${!this.#mayRemove(file) ? nothing : html`<button class="button quiet icon small" aria-label=${text.remove(file.name)} title=${text.remove(file.name)} @click=${() => this.#remove(file)}>${icons.close}</button>`}</li>`,
    );
  }

  #sent() {
    return this.sending.map(
      (one) => html`<li>${icons.clip}<span class="file" dir="auto">${one.file.name}</span>
        <progress max="1" .value=${one.part} aria-label=${text.uploading(one.file.name)}></progress>
        <button class="button quiet icon small" aria-label=${text.cancel} title=${text.cancel} @click=${() => this.#stop(one)}>${icons.close}</button></li>`,
    );
  }
}

customElements.define('tm-attachments', Attachments);
