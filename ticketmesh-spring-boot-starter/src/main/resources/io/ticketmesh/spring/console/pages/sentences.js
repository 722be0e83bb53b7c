import { html, nothing } from '../vendor/lit.js';
import { stateIcon } from '../parts/icons.js';
import { tagChip } from '../parts/people.js';
import { fieldName, metricName, text } from '../texts.js';
import { valueText } from './values.js';

/** What a step of the history did, as the rest of a sentence that begins with who did it. */
const LONG = 80;

export function sentence(step) {
  const born = step.changes.some((change) => change.field === 'title' && change.old === null);
  if (born) {
    return text.did.created;
  }
  if (!step.changes.length) {
    return text.did.nothing;
  }
  return step.changes.map((change, index) => html`${index ? '; ' : nothing}${clause(change)}`);
}

function clause(change) {
  const { field, old, new: now } = change;
  if (field.startsWith(TIMERS)) {
    return fired(field.slice(TIMERS.length));
  }
  switch (field) {
    case 'status':
      return html`${text.did.status} ${state(now)}`;
    case 'description':
      return text.did.description;
    case 'comments':
      return old === null ? text.did.commented : now === null ? text.did.redacted : text.did.editedComment;
    case 'redacted':
      return text.did.redactedTicket;
    case 'deleted':
      return now ? text.did.deleted : text.did.restored;
    case 'tags':
    case 'watchers':
    case 'links':
    case 'attachments':
      return setClause(field, old ?? [], now ?? []);
    case 'assignee':
      return now === null ? text.did.unassigned : html`${text.did.assigned} <b dir="auto">${now}</b>`;
    default:
      return plain(field, old, now);
  }
}

const TIMERS = 'timers.';
const PROMISES = 'sla.';

const fired = (timer) =>
  text.did.fired[timer] ??
  (timer.startsWith(PROMISES) ? text.did.breached(metricName(timer.slice(PROMISES.length))) : text.did.timer(timer));

const state = (value) => {
  const name = typeof value === 'string' ? value : value?.status;
  return html`<span class="inline">${stateIcon(name ?? '', { silent: true })}<b>${valueText('status', value)}</b></span>`;
};

function setClause(field, old, now) {
  const key = (value) => valueText(field, value);
  const before = new Set(old.map(key));
  const after = new Set(now.map(key));
  const added = [...after].filter((value) => !before.has(value));
  const removed = [...before].filter((value) => !after.has(value));
  const shown = (values) =>
    values.map((value) => (field === 'tags' ? tagChip(value) : html`<b dir="auto">${value}</b> `));
  return html`${added.length ? html`${text.did.added[field]} ${shown(added)}` : nothing}${added.length && removed.length ? ', ' : nothing}${removed.length ? html`${text.did.took[field]} ${shown(removed)}` : nothing}`;
}

function plain(field, old, now) {
  const value = (raw) => shorten(valueText(field, raw));
  if (now === null || now === '') {
    return html`${text.did.cleared} ${fieldName(field)}`;
  }
  return html`${text.did.set} ${fieldName(field)} ${old === null || old === '' ? nothing : html`${text.did.from} <span dir="auto">${value(old)}</span>`} ${text.did.to} <b dir="auto">${value(now)}</b>`;
}

const shorten = (value) => (value.length > LONG ? `${value.slice(0, LONG)}…` : value);
