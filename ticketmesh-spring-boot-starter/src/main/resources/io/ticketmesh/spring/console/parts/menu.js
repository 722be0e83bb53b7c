import { html, nothing, repeat } from '../vendor/lit.js';
import { text } from '../texts.js';
import { PageElement } from './element.js';
import { icons } from './icons.js';

/**
 * @typedef {object} Choice
 * @property {string|null} value
 * @property {string} label
 * @property {unknown} [icon]
 * @property {string} [hint]
 * @property {boolean} [chosen]
 */

/**
 * Lets the reader choose, beside the element that asks: type to narrow down, arrows and Enter to choose. The focus goes back where it was.
 *
 * @param {Element} anchor
 * @param {{label: string, choices: Choice[], free?: (typed: string) => Choice|null, many?: boolean}} menu with 'many', choosing toggles and
 *     the menu stays
 * @param {(value: string|null, choice: Choice) => void} choose
 */
export function openMenu(anchor, menu, choose) {
  const element = document.createElement('tm-menu');
  // within the dialog that asks: while one is open, a browser lets nothing outside of it be used
  (anchor.closest('dialog') ?? document.querySelector('main')).append(element);
  element.open(anchor, menu, choose);
}

const MOST_SHOWN = 200;

class Menu extends PageElement {
  static state = () => ({ shown: null, typed: '', at: 0 });

  open(anchor, menu, choose) {
    this.anchor = anchor;
    this.before = document.activeElement;
    this.shown = { ...menu, choose };
    this.typed = '';
    this.at = Math.max(
      0,
      menu.choices.findIndex((choice) => choice.chosen),
    );
    this.updateComplete.then(() => this.#place());
  }

  /** Where there is room: below the anchor, else above; never beyond the edges. Styles set from a script are no inline styles. */
  #place() {
    const box = this.querySelector('.menu');
    if (!box.matches(':popover-open')) {
      box.showPopover();
    }
    const { left, top, bottom } = this.anchor.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = box;
    const below = bottom + 4 + height <= innerHeight || top < innerHeight / 2;
    box.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
    box.style.top = `${below ? Math.min(bottom + 4, Math.max(8, innerHeight - height - 8)) : Math.max(8, top - 4 - height)}px`;
    this.querySelector('input').focus();
    this.querySelector('li.active')?.scrollIntoView({ block: 'nearest' });
  }

  #close() {
    if (this.shown) {
      this.shown = null;
      this.remove();
      if (this.before?.isConnected) {
        this.before.focus({ preventScroll: true });
      } else {
        document.querySelector('main')?.focus({ preventScroll: true });
      }
    }
  }

  #matching() {
    const wanted = this.typed.trim().toLowerCase();
    const found = this.shown.choices
      .filter((choice) => choice.label.toLowerCase().includes(wanted))
      .slice(0, MOST_SHOWN);
    const exact = this.shown.choices.some((choice) => choice.label.toLowerCase() === wanted);
    const free = wanted && !exact ? this.shown.free?.(this.typed.trim()) : null;
    return free ? [...found, free] : found;
  }

  #choose(choice) {
    const { choose, many } = this.shown;
    if (many) {
      const known = this.shown.choices.includes(choice);
      const toggled = { ...choice, chosen: !choice.chosen };
      const choices = known
        ? this.shown.choices.map((other) => (other === choice ? toggled : other))
        : [...this.shown.choices, toggled];
      this.shown = { ...this.shown, choices };
      this.typed = '';
      this.querySelector('input').select();
    } else {
      this.#close();
    }
    choose(choice.value, choice);
  }

  #key(event) {
    const found = this.#matching();
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      this.at = (this.at + steps[event.key] + found.length) % Math.max(1, found.length);
      this.updateComplete.then(() => this.querySelector('li.active')?.scrollIntoView({ block: 'nearest' }));
    } else if (event.key === 'Enter' && !event.isComposing) {
      if (found[this.at]) {
        this.#choose(found[this.at]);
      }
    } else if (event.key === 'Tab') {
      this.#close();
    } else if (event.key !== 'Escape') {
      event.stopPropagation();
      return;
    } else {
      this.#close();
    }
    event.preventDefault();
    event.stopPropagation();
  }

  render() {
    if (!this.shown) {
      return nothing;
    }
    const found = this.#matching();
    return html`<div class="menu" popover="auto" @toggle=${(event) => event.newState === 'closed' && this.#close()} @keydown=${this.#key}>
      <input type="text" role="combobox" aria-expanded="true" aria-controls="menu-list" aria-label=${this.shown.label} placeholder=${this.shown.label}
        aria-autocomplete="list" aria-activedescendant=${found.length ? `menu-${this.at}` : nothing} autocomplete="off" spellcheck="false" .value=${this.typed}
        @input=${(event) => this.#type(event.target.value)}>
      <ul id="menu-list" role="listbox" aria-label=${this.shown.label} aria-multiselectable=${this.shown.many ? 'true' : 'false'}>
        ${repeat(
          found,
          (choice) => choice.value,
          (choice, index) => html`<li id="menu-${index}" role="option" aria-selected=${choice.chosen ? 'true' : 'false'}
          class=${index === this.at ? 'active' : ''} @pointermove=${() => (this.at = index)} @click=${() => this.#choose(choice)}>
          ${choice.icon ?? nothing}<span class="label" dir="auto">${choice.label}</span>${choice.hint ? html`<span class="hint">${choice.hint}</span>` : nothing}${choice.chosen ? icons.check : nothing}</li>`,
        )}
      </ul>
      ${found.length ? nothing : html`<p class="vacant">${text.none}</p>`}
    </div>`;
  }

  #type(typed) {
    this.typed = typed;
    this.at = 0;
  }
}

customElements.define('tm-menu', Menu);
