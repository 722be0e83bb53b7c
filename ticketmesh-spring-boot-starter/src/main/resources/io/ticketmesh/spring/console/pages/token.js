import { html, nothing } from '../vendor/lit.js';
import { PageElement } from '../parts/element.js';
import { locked, setToken, token } from '../state/session.js';
import { Watch } from '../state/signal.js';
import { text } from '../texts.js';

/** Asks for the token, where the application demands one. */
class Token extends PageElement {
  watch = new Watch(this, locked);

  updated() {
    const dialog = this.querySelector('dialog');
    if (dialog && !dialog.open) {
      dialog.showModal();
    }
  }

  #submit(event) {
    event.preventDefault();
    setToken(this.querySelector('input').value.trim());
  }

  render() {
    if (!locked.value) {
      return nothing;
    }
    return html`<dialog class="window narrow" aria-labelledby="token-title" @cancel=${(event) => event.preventDefault()}>
      <header><h1 id="token-title">${text.token}</h1></header>
      <form @submit=${this.#submit}><div class="content">
        <p id="token-hint">${text.tokenHint}</p>
        <input class="input" type="password" required autocomplete="off" aria-labelledby="token-title" aria-describedby="token-hint">
        ${token() ? html`<p class="wrong" role="alert">${text.tokenWrong}</p>` : nothing}
      </div><footer><span class="gap"></span><button class="button primary">${text.signIn}</button></footer></form></dialog>`;
  }
}

customElements.define('tm-token', Token);
