import { html, nothing, svg } from '../vendor/lit.js';
import { meta, toneOf } from '../state/meta.js';
import { stateName, priorityName, text } from '../texts.js';

const line = (
  paths,
) => html`<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5"
  stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`;

export const icons = {
  tickets: line(svg`<path d="M2.5 4h11M2.5 8h11M2.5 12h7"/>`),
  active: line(svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3l2 1.5"/>`),
  mine: line(svg`<circle cx="8" cy="5.5" r="2.5"/><path d="M3 13.5c.6-2.6 2.5-4 5-4s4.4 1.4 5 4"/>`),
  unassigned: line(
    svg`<circle cx="8" cy="5.5" r="2.5" stroke-dasharray="2 2"/><path d="M3 13.5c.6-2.6 2.5-4 5-4s4.4 1.4 5 4" stroke-dasharray="2.5 2.5"/>`,
  ),
  overdue: line(
    svg`<path d="M4 2.500h8M4 13.500h8M5 2.500c0 3 3 4 3 5.500s-3 2.5-3 5.500M11 2.500c0 3-3 4-3 5.500s3 2.5 3 5.5"/>`,
  ),
  conflict: line(
    svg`<path d="M2.5 4.500h3l5 7h3M2.5 11.500h3l1.3-1.800M9.2 6.300l1.3-1.800h3M11.5 2.500l2 2-2 2M11.5 9.500l2 2-2 2"/>`,
  ),
  board: line(
    svg`<rect x="2" y="2.5" width="3.2" height="11" rx="1"/><rect x="6.4" y="2.5" width="3.2" height="7" rx="1"/><rect x="10.8" y="2.5" width="3.2" height="9" rx="1"/>`,
  ),
  numbers: line(svg`<path d="M3 13V9M8 13V3M13 13V6.5"/>`),
  mesh: line(
    svg`<circle cx="8" cy="3.5" r="1.8"/><circle cx="3.5" cy="11.8" r="1.8"/><circle cx="12.5" cy="11.8" r="1.8"/><path d="m7.1 5.1-2.7 5.100M8.9 5.100l2.7 5.100M5.3 11.800h5.4"/>`,
  ),
  webhook: line(
    svg`<circle cx="8" cy="4" r="1.8"/><circle cx="3.7" cy="11.500" r="1.8"/><circle cx="12.3" cy="11.500" r="1.8"/><path d="M6.6 5.300 4.600 9.900M9.2 5.400l2.2 4.400M10.500 11.500H5.500"/>`,
  ),
  incident: line(svg`<path d="M8.800 2 3.500 9h4l-.300 5L12.500 7h-4Z"/>`),
  erase: line(svg`<path d="m6 13-3.200-3.200a1.200 1.200 0 0 1 0-1.700l5.300-5.300a1.200 1.200 0 0 1 1.700 0l3.400 3.400a1.200 1.200 0 0 1 0 1.700L8 13Zm-.600-7.400 5 5M6 13h7.500"/>`),
  bundle: line(svg`<path d="M8 2 13.500 4.800v6.400L8 14l-5.500-2.800V4.800ZM2.500 4.800 8 7.600l5.500-2.800M8 7.600V14"/>`),
  columns: line(svg`<rect x="2" y="3" width="12" height="10" rx="1.500"/><path d="M6 3v10M10 3v10"/>`),
  view: line(svg`<path d="M2 8s2-4.2 6-4.200S14 8 14 8s-2 4.2-6 4.200S2 8 2 8Z"/><circle cx="8" cy="8" r="1.7"/>`),
  shared: line(
    svg`<circle cx="5.5" cy="6" r="2"/><circle cx="11" cy="6.5" r="1.6"/><path d="M2 13c.3-2.2 1.600-3.500 3.500-3.500S8.700 10.800 9 13M10.500 9.800c1.900-.2 3.200.900 3.500 3.200"/>`,
  ),
  reply: line(svg`<path d="M6.500 3.500 2.500 7.500l4 4M2.500 7.500h6c3 0 5 1.500 5 5"/>`),
  plus: line(svg`<path d="M8 3v10M3 8h10"/>`),
  search: line(svg`<circle cx="7" cy="7" r="4.2"/><path d="m10.2 10.2 3.3 3.3"/>`),
  filter: line(svg`<path d="M2.5 4.500h11M4.5 8h7M6.5 11.500h3"/>`),
  sort: line(svg`<path d="M5 3v10M5 13l-2.2-2.200M5 13l2.2-2.200M11 13V3M11 3 8.8 5.200M11 3l2.2 2.2"/>`),
  close: line(svg`<path d="m4 4 8 8M12 4l-8 8"/>`),
  back: line(svg`<path d="M9.5 3.5 5 8l4.5 4.5"/>`),
  check: line(svg`<path d="m3.5 8.5 3 3 6-7"/>`),
  warning: line(svg`<path d="M8 2.5 14 13H2ZM8 6.500v3"/><path d="M8 11.300v.1"/>`),
  comment: line(
    svg`<path d="M2.5 4.500c0-1 .7-1.5 1.5-1.500h8c.8 0 1.5.5 1.5 1.500v5c0 .9-.7 1.5-1.5 1.500H7l-3 2.500V11c-.9 0-1.5-.6-1.5-1.500Z"/>`,
  ),
  lock: line(svg`<rect x="3.5" y="7" width="9" height="6.5" rx="1.5"/><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>`),
  edit: line(svg`<path d="M3 13l.6-2.6 7-7a1.4 1.4 0 0 1 2 2l-7 7Z"/>`),
  more: line(
    svg`<circle cx="3.5" cy="8" r=".8" fill="currentColor"/><circle cx="8" cy="8" r=".8" fill="currentColor"/><circle cx="12.5" cy="8" r=".8" fill="currentColor"/>`,
  ),
  clock: line(svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3l2 1.5"/>`),
  tag: line(svg`<path d="M2.5 7.500v-4a1 1 0 0 1 1-1h4l6 6-5 5Z"/><path d="M5.5 5.500v.1"/>`),
  trash: line(svg`<path d="M3 4.500h10M6 4.500V3h4v1.500M4.5 4.500l.5 9h6l.5-9"/>`),
  light: line(
    svg`<circle cx="8" cy="8" r="2.8"/><path d="M8 1.800v1.400M8 12.800v1.400M1.8 8h1.400M12.8 8h1.400M3.6 3.600l1 1M11.4 11.400l1 1M12.4 3.600l-1 1M4.6 11.400l-1 1"/>`,
  ),
  dark: line(svg`<path d="M13 9.500A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.500Z"/>`),
  auto: line(svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 2.500a5.5 5.5 0 0 1 0 11Z" fill="currentColor"/>`),
  help: line(
    svg`<circle cx="8" cy="8" r="5.8"/><path d="M6.3 6.300a1.8 1.8 0 1 1 2.5 1.700c-.5.2-.8.6-.8 1.1"/><path d="M8 11.300v.1"/>`,
  ),
  file: line(svg`<path d="M4 2.500h5l3 3v8H4Z"/><path d="M9 2.500v3h3"/>`),
  clip: line(svg`<path d="m12.5 7.5-4.8 4.800a2.6 2.6 0 0 1-3.700-3.700l5-5a1.700 1.700 0 0 1 2.400 2.400l-4.900 4.900a.8.8 0 0 1-1.100-1.100l4.400-4.400"/>`),
  link: line(
    svg`<path d="M6.8 9.200a2.4 2.4 0 0 0 3.4 0l2-2a2.4 2.4 0 0 0-3.4-3.400l-.6.600M9.2 6.800a2.4 2.4 0 0 0-3.4 0l-2 2a2.4 2.4 0 0 0 3.4 3.400l.6-.6"/>`,
  ),
  internal: line(svg`<rect x="3.5" y="7" width="9" height="6.5" rx="1.5"/><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>`),
};

const faces = {
  initial: svg`<circle cx="8" cy="8" r="5.8" stroke-dasharray="2.2 1.850"/>`,
  open: svg`<circle cx="8" cy="8" r="5.8"/><path d="M8 4.600a3.4 3.4 0 0 1 0 6.800Z" fill="currentColor" stroke="none"/>`,
  waiting: svg`<circle cx="8" cy="8" r="5.8"/><path d="M6.5 6v4M9.5 6v4"/>`,
  done: svg`<circle cx="8" cy="8" r="6.5" fill="currentColor" stroke="none"/><path d="m5.4 8.3 1.8 1.8 3.4-4" stroke="var(--paper)"/>`,
  closed: svg`<circle cx="8" cy="8" r="6.5" fill="currentColor" stroke="none"/><path d="m5.4 8.3 1.8 1.8 3.4-4" stroke="var(--paper)"/>`,
};

/** The picture of a state; it says its name unless a text beside it does. */
export function stateIcon(name, { silent = false } = {}) {
  const tone = toneOf(name);
  return html`<svg class="state-${tone}" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5"
    stroke-linecap="round" stroke-linejoin="round" role=${silent ? nothing : 'img'} aria-hidden=${silent ? 'true' : nothing} aria-label=${silent ? nothing : stateName(name)}>${faces[tone]}</svg>`;
}

/** Bars, as many as the rank of the priority; the highest of all is a sign of its own. */
export function priorityIcon(name, { silent = false } = {}) {
  const priorities = meta.value?.priorities ?? [];
  const place = priorities.findIndex((priority) => priority.name === name);
  const label = silent ? nothing : `${text.priority}: ${priorityName(name)}`;
  const role = silent ? nothing : 'img';
  const hidden = silent ? 'true' : nothing;
  if (place > 0 && place === priorities.length - 1) {
    return html`<svg class="urgent" width="16" height="16" viewBox="0 0 16 16" role=${role} aria-hidden=${hidden} aria-label=${label}><rect x="1.5" y="1.5" width="13" height="13" rx="3" fill="currentColor"/><path d="M8 4.500v4M8 11v.1" stroke="var(--paper)" stroke-width="1.8" stroke-linecap="round"/></svg>`;
  }
  return html`<svg class="priority" width="16" height="16" viewBox="0 0 16 16" fill="currentColor" role=${role} aria-hidden=${hidden} aria-label=${label}>
    <rect x="2" y="9.5" width="3" height="4" rx="1"/>
    <rect class=${place >= 1 ? '' : 'off'} x="6.5" y="6.5" width="3" height="7" rx="1"/>
    <rect class=${place >= 2 ? '' : 'off'} x="11" y="3.5" width="3" height="10" rx="1"/></svg>`;
}
