import { html, nothing } from '../vendor/lit.js';
import { metricName, text } from '../texts.js';
import { icons } from './icons.js';
import { whole, workingTime } from './times.js';

/** When no more than this part of the promised time is left the badge warns. */
const SHORT = 0.2;

/** Of a ticket's promises the one to look at first: a broken one, then the one that is over first; of those that are still open. */
const pressing = (clocks = []) =>
  clocks.filter((clock) => !clock.ended).sort((one, two) => urgency(one) - urgency(two))[0];

const urgency = (clock) => (clock.dueAt ? new Date(clock.dueAt).getTime() : Number.MAX_VALUE);

const colour = (clock) => {
  if (clock.state === 'breached') {
    return 'red';
  }
  if (clock.state === 'met') {
    return 'green';
  }
  return clock.state === 'running' && clock.remainingSeconds < SHORT * clock.targetSeconds ? 'amber' : '';
};

const said = (clock) => text.clock[clock.state]?.(workingTime(clock.remainingSeconds ?? 0)) ?? clock.state;

const hint = (clock) =>
  [metricName(clock.metric), said(clock), clock.dueAt ? text.clock.dueAt(whole(clock.dueAt)) : '']
    .filter(Boolean)
    .join(', ');

/** How a promise stands, in a few words. */
export const clockBadge = (clock) =>
  html`<span class="badge ${colour(clock)}" title=${hint(clock)}>${clock.state === 'breached' ? icons.warning : icons.clock}${said(clock)}</span>`;

/** The same for a row of a list, where the promise must be named to those who do not see it; nothing when there is none. */
export const pressingBadge = (clocks) => {
  const clock = pressing(clocks);
  return clock
    ? html`<span class="badge clock ${colour(clock)}" title=${hint(clock)}>${icons.clock}<span class="unseen">${metricName(clock.metric)}: </span>${clock.state === 'breached' ? text.clock.breached() : workingTime(clock.remainingSeconds)}</span>`
    : nothing;
};
