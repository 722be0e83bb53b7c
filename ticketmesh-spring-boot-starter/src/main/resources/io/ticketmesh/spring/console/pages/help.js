import { html, nothing } from '../vendor/lit.js';
import { PageElement } from '../parts/element.js';
import { icons } from '../parts/icons.js';
import { text } from '../texts.js';

/** All keys. */
class Help extends PageElement {
  static state = () => ({ open: false });

  show() {
    this.open = true;
    this.updateComplete.then(() => this.querySelector('dialog').showModal());
  }

  render() {
    if (!this.open) {
      return nothing;
    }
    return html`<dialog class="window" aria-labelledby="help-title" @close=${() => (this.open = false)}>
      <header><h1 id="help-title">${text.help}</h1>
        <button class="button quiet icon" aria-label=${text.close} @click=${() => this.querySelector('dialog').close()}>${icons.close}</button></header>
      <div class="content" tabindex="0">
        ${text.shortcuts.map(
          ([place, keys]) => html`<h2 class="help-place">${place}</h2><dl class="help">
          ${keys.map(([key, meaning]) => html`<div><dt>${meaning}</dt><dd>${key.split(' ').map((part) => html`<kbd>${part}</kbd> `)}</dd></div>`)}</dl>`,
        )}
      </div></dialog>`;
  }
}

customElements.define('tm-help', Help);
