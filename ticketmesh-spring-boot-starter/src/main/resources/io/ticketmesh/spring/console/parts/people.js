import { html, nothing } from '../vendor/lit.js';
import { text } from '../texts.js';

/** The same name has the same colour on every screen. */
export function hueOf(name) {
  let hash = 7;
  for (const character of name) {
    hash = (hash * 31 + character.codePointAt(0)) >>> 0;
  }
  return `hue-${hash % 12}`;
}

/** 'Ada Lovelace' and 'ada.lovelace' are AL, 'ada' is A. */
function initials(name) {
  const words = name.split(/[\s._@-]+/u).filter(Boolean);
  const letters = words.slice(0, 2).map((word) => [...word][0]);
  return (letters.join('') || '?').toUpperCase();
}

/** @param {string|null} name nobody is a dashed ring */
export function face(name, { silent = false, large = false } = {}) {
  const size = large ? 'large' : '';
  if (!name) {
    return html`<span class="face none ${size}" role=${silent ? nothing : 'img'} aria-hidden=${silent ? 'true' : nothing} aria-label=${silent ? nothing : text.nobody} title=${text.nobody}></span>`;
  }
  return html`<span class="face ${size} ${hueOf(name)}" title=${name} role=${silent ? nothing : 'img'} aria-hidden=${silent ? 'true' : nothing} aria-label=${silent ? nothing : name}>${initials(name)}</span>`;
}

export const tagChip = (tag) =>
  html`<span class="tag ${hueOf(tag.toLowerCase())}" title=${tag}><span class="text" dir="auto">${tag}</span></span>`;
