import { html } from '../vendor/lit.js';
import { language, text } from '../texts.js';

const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'narrow' });
const full = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric' });
const dayOfYear = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', day: 'numeric' });
const count = new Intl.NumberFormat(language);

export const number = (value) => count.format(value);
export const whole = (instant) => full.format(new Date(instant));

/** A local date, as in 2026-11-29, is that day for everybody. */
export function dateText(date) {
  const [year, month, dayOfMonth] = date.split('-').map(Number);
  return dayOfYear.format(new Date(year, month - 1, dayOfMonth));
}

const two = (value) => String(value).padStart(2, '0');

/** An instant as a field for a date and time takes it, where the reader is; empty for none. */
export function localText(instant) {
  if (!instant) {
    return '';
  }
  const at = new Date(instant);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/** How long ago, as short as it can be said; after a week the date. */
export function ago(instant, now = Date.now()) {
  const seconds = Math.round((new Date(instant).getTime() - now) / 1000);
  const distance = Math.abs(seconds);
  if (distance < 45) {
    return text.now;
  }
  if (distance < HOUR) {
    return relative.format(Math.round(seconds / 60), 'minute');
  }
  if (distance < DAY) {
    return relative.format(Math.round(seconds / HOUR), 'hour');
  }
  if (distance < 7 * DAY) {
    return relative.format(Math.round(seconds / DAY), 'day');
  }
  const date = new Date(instant);
  return date.getFullYear() === new Date(now).getFullYear() ? day.format(date) : dayOfYear.format(date);
}

export const time = (instant) => html`<time datetime=${instant} title=${whole(instant)}>${ago(instant)}</time>`;

/** Working time in its two largest units: '3 h 20 min'; what is less than a minute counts as one. */
export function workingTime(seconds) {
  const minutes = Math.ceil(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 100) {
    return `${number(hours)} h`;
  }
  return [hours ? `${hours} h` : '', minutes % 60 || !hours ? `${minutes % 60} min` : ''].filter(Boolean).join(' ');
}

/** A length of time in its largest fitting unit: '140 ms', '2.5 s', '4 min'. */
export function duration(millis) {
  if (millis < 1000) {
    return `${number(millis)} ms`;
  }
  if (millis < 60_000) {
    return `${number(Math.round(millis / 100) / 10)} s`;
  }
  if (millis < 3_600_000) {
    return `${number(Math.round(millis / 60_000))} min`;
  }
  return `${number(Math.round(millis / 3_600_000))} h`;
}
