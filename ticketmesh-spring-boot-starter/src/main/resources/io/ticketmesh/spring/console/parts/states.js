import { html } from '../vendor/lit.js';
import { problemText, text } from '../texts.js';
import { icons } from './icons.js';

/** What is drawn where there is nothing to draw. */
export const empty = (icon, title, hint, action) =>
  html`<div class="empty">${icon}<h2>${title}</h2><p>${hint}</p>${action ?? ''}</div>`;

export const failed = (
  title,
  problem,
  again,
) => html`<div class="empty" role="alert">${icons.warning}<h2>${title}</h2><p>${problemText(problem)}</p>
  <button class="button" @click=${again}>${text.tryAgain}</button></div>`;

export const bones = (rows) => html`<div class="bones" role="status"><span class="unseen">${text.loading}</span>
  ${Array.from({ length: rows }, (_, row) => html`<div class="bone-row" aria-hidden="true"><span class="bone width-${row % 5}"></span></div>`)}</div>`;
