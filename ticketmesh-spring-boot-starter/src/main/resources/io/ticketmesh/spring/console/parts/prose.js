import { markdown } from './markdown.js';

/** A text in Markdown, shown. Until the library has come, and where it fails, the text stands as it was written. */
export class Prose extends HTMLElement {
  #source = '';

  set source(source) {
    if (source !== this.#source) {
      this.#source = source;
      this.#show();
    }
  }

  async #show() {
    const source = this.#source;
    this.classList.add('prose');
    this.dir = 'auto';
    if (!this.firstChild) {
      this.textContent = source;
    }
    const render = await markdown();
    if (source === this.#source) {
      this.replaceChildren(render(source));
    }
  }
}

customElements.define('tm-prose', Prose);
