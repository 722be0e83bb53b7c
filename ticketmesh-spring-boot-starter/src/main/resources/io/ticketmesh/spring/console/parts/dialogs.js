import { html, nothing } from '../vendor/lit.js';
import { text } from '../texts.js';
import { PageElement } from './element.js';

/**
 * Asks before something that cannot be taken back easily.
 *
 * @param {{grave?: boolean}} how of what is grave, Enter alone does not do it
 * @returns {Promise<boolean>}
 */
export function sure(question, hint, action, { grave = false } = {}) {
  return document.querySelector('tm-sure').ask({ question, hint, action, grave });
}

/** Asks for one line of text. @returns {Promise<string|null>} null when it was called off */
export function askFor(question, { value = '', hint } = {}) {
  return document.querySelector('tm-sure').ask({ question, hint, value, action: text.save });
}

class Sure extends PageElement {
  static state = () => ({ asked: null });

  ask(asked) {
    this.before = document.activeElement;
    this.asked = asked;
    this.updateComplete.then(() => this.querySelector('dialog').showModal());
    return new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  #end(answer) {
    this.resolve(answer);
    this.asked = null;
    this.before?.focus();
  }

  #submit(event) {
    event.preventDefault();
    const input = this.querySelector('input');
    this.#end(input ? input.value.trim() || null : true);
  }

  render() {
    if (!this.asked) {
      return nothing;
    }
    const { question, hint, value, action, grave } = this.asked;
    const asksText = value !== undefined;
    return html`<dialog class="window narrow" aria-labelledby="sure-title" aria-describedby=${hint ? 'sure-hint' : nothing} @close=${() => this.asked && this.#end(asksText ? null : false)}>
      <header><h1 id="sure-title">${question}</h1></header>
      <form @submit=${this.#submit}>
        <div class="content">
          ${hint ? html`<p id="sure-hint">${hint}</p>` : nothing}
          ${asksText ? html`<input class="input" aria-labelledby="sure-title" aria-describedby=${hint ? 'sure-hint' : nothing} maxlength="80" required autofocus .value=${value}>` : nothing}
        </div>
        <footer><span class="gap"></span>
          <button type="button" class="button" ?autofocus=${grave} @click=${() => this.querySelector('dialog').close()}>${text.cancel}</button>
          <button class="button ${asksText ? 'primary' : 'danger'}" ?autofocus=${!asksText && !grave}>${action}</button></footer>
      </form></dialog>`;
  }
}

customElements.define('tm-sure', Sure);
