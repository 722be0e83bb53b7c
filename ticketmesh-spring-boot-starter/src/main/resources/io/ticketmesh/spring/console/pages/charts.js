import { html, nothing, svg } from '../vendor/lit.js';
import { dateText, number } from '../parts/times.js';
import { text } from '../texts.js';

/** Small charts of SVG, without styles of their own in the page. */

/** @param {Array<{label: string, value: number, icon?: unknown, address?: string}>} entries */
export function bars(entries) {
  const most = Math.max(1, ...entries.map(({ value }) => value));
  return html`<ul class="bars">${entries.map(
    ({ label, value, icon, address }) => html`<li>
    ${icon ?? nothing}<span class="label" dir="auto">${address ? html`<a href=${address}>${label}</a>` : label}</span>
    <svg class="bar-line" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="fill" width=${(100 * value) / most} height="6"/></svg>
    <span class="number">${number(value)}</span></li>`,
  )}</ul>`;
}

const WIDTH = 900;
const HEIGHT = 150;
const FOOT = 20;

/** @param {Array<{day: string, created: number, resolved: number, open: number}>} days one after the other; what was left is a line on a scale of its own */
export function flow(days) {
  const most = Math.max(4, ...days.flatMap(({ created, resolved }) => [created, resolved]));
  const step = WIDTH / days.length;
  const width = Math.min(11, step / 2 - 2);
  const bar = (kind, value, x) => {
    const height = ((HEIGHT - FOOT) * value) / most;
    return svg`<rect class=${kind} x=${x} y=${HEIGHT - FOOT - height} width=${width} height=${height} rx=${Math.min(2, height / 2)}/>`;
  };
  const mostOpen = Math.max(1, ...days.map(({ open }) => open));
  const left = days
    .map(({ open }, index) => `${index * step + step / 2},${(HEIGHT - FOOT) * (1 - (0.92 * open) / mostOpen)}`)
    .join(' ');
  const sum = (name) => days.reduce((total, day) => total + day[name], 0);
  return html`<svg class="flow" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${text.flowSum(sum('created'), sum('resolved'))}>
      ${[0, 0.5, 1].map((part) => svg`<line class="grid" x1="0" x2=${WIDTH} y1=${(HEIGHT - FOOT) * (1 - part) || 0.5} y2=${(HEIGHT - FOOT) * (1 - part) || 0.5}/>`)}
      <text class="scale" x="0" y="11">${number(most)}</text>
      ${days.map(
        ({ day, created, resolved, open }, index) => svg`<g><title>${text.perDay(dateText(day), created, resolved, open)}</title>
        <rect class="hit" x=${index * step} y="0" width=${step} height=${HEIGHT - FOOT}/>
        ${bar('created', created, index * step + step / 2 - width - 0.75)}${bar('resolved', resolved, index * step + step / 2 + 0.75)}
        ${index % 7 === (days.length - 1) % 7 ? svg`<text class="scale" x=${index * step + step / 2} y=${HEIGHT - 4} text-anchor="middle">${dateText(day).replace(/, \d+$/, '')}</text>` : nothing}</g>`,
      )}
      <polyline class="left" points=${left}/>
    </svg>
    <p class="legend"><span class="created">${text.createdDays} ${number(sum('created'))}</span><span class="resolved">${text.resolvedDays} ${number(sum('resolved'))}</span><span class="left">${text.openDays} ${number(days.at(-1)?.open ?? 0)}</span></p>`;
}
