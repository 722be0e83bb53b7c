import { html, nothing } from '../vendor/lit.js';
import { pressingBadge } from '../parts/clocks.js';
import { icons, priorityIcon, stateIcon } from '../parts/icons.js';
import { titleOf } from '../parts/marked.js';
import { face, tagChip } from '../parts/people.js';
import { dateText, number, time, whole } from '../parts/times.js';
import { ticketAddress } from '../state/route.js';
import { fieldName, linkName, stateName, text } from '../texts.js';
import { valueText } from './values.js';

/** What a list can show of each ticket: all members that the server knows, as it calls them. */
export const COLUMNS = [
  'key',
  'title',
  'status',
  'statusCategory',
  'resolution',
  'priority',
  'type',
  'queue',
  'assignee',
  'reporter',
  'createdBy',
  'watchers',
  'tags',
  'description',
  'customFields',
  'links',
  'attachments',
  'commentCount',
  'conflicts',
  'dueAt',
  'dueDate',
  'overdue',
  'sla',
  'pendingUntil',
  'occurrences',
  'lastPlace',
  'lastSeenAt',
  'createdAt',
  'updatedAt',
  'firstResponseAt',
  'resolvedAt',
  'closedAt',
  'reopenCount',
  'mergedInto',
  'deleted',
  'externalId',
  'id',
  'etag',
];

/** What is longer is cut: the ticket has it whole. */
const LONG = 200;

const iconed = (icon, name) => html`<span class="with-icon">${icon}<span dir="auto">${name}</span></span>`;
const person = (name) => (name ? iconed(face(name, { silent: true }), name) : nothing);
const moment = (instant) => (instant ? time(instant) : nothing);
const key = (reference) => html`<a href=${ticketAddress(reference.key)}>${reference.key}</a>`;
const list = (items, shown) => items.map((item, index) => html`${index ? ', ' : nothing}${shown(item)}`);
const coded = (value) => html`<code>${value}</code>`;

const CELLS = {
  title: (row) => titleOf(row),
  status: ({ status }) => iconed(stateIcon(status, { silent: true }), stateName(status)),
  statusCategory: ({ statusCategory }) => stateName(statusCategory),
  priority: (row) => iconed(priorityIcon(row.priority, { silent: true }), valueText('priority', row.priority)),
  assignee: ({ assignee }) => person(assignee),
  reporter: ({ reporter }) => person(reporter),
  createdBy: ({ createdBy }) => person(createdBy),
  tags: ({ tags }) => html`<span class="with-icon">${tags.map(tagChip)}</span>`,
  customFields: ({ customFields }) => list(Object.entries(customFields), ([name, value]) => `${fieldName(name)}: ${valueText(name, value)}`),
  links: ({ links }) => list(links, (link) => html`${linkName(link.type)} ${key(link)}`),
  attachments: ({ attachments }) => list(attachments, ({ name }) => html`<span dir="auto">${name}</span>`),
  conflicts: ({ conflicts }) =>
    conflicts.length ? iconed(icons.conflict, conflicts.map(fieldName).join(', ')) : nothing,
  dueDate: ({ dueDate }) => (dueDate ? dateText(dueDate) : nothing),
  dueAt: ({ dueAt }) => (dueAt ? html`<time datetime=${dueAt}>${whole(dueAt)}</time>` : nothing),
  overdue: ({ overdue }) => (overdue ? html`<span class="badge red">${text.overdue}</span>` : nothing),
  sla: ({ sla }) => pressingBadge(sla),
  pendingUntil: ({ pendingUntil }) => moment(pendingUntil),
  lastSeenAt: ({ lastSeenAt }) => moment(lastSeenAt),
  createdAt: ({ createdAt }) => moment(createdAt),
  updatedAt: ({ updatedAt }) => moment(updatedAt),
  firstResponseAt: ({ firstResponseAt }) => moment(firstResponseAt),
  resolvedAt: ({ resolvedAt }) => moment(resolvedAt),
  closedAt: ({ closedAt }) => moment(closedAt),
  commentCount: ({ commentCount }) => count(commentCount),
  occurrences: ({ occurrences }) => count(occurrences),
  reopenCount: ({ reopenCount }) => count(reopenCount),
  mergedInto: ({ mergedInto }) => (mergedInto ? key(mergedInto) : nothing),
  deleted: ({ deleted }) => (deleted ? html`<span dir="auto">${deleted.by}</span> · ${time(deleted.at)}` : nothing),
  key: (row) => row.key,
  id: ({ id }) => coded(id),
  etag: ({ etag }) => coded(etag),
};

const count = (value) => html`<span class="number">${value ? number(value) : ''}</span>`;

/** A member that this console does not know is shown as it comes. */
const plain = (row, column) => {
  const value = valueText(column, row[column]);
  return html`<span dir="auto">${value.length > LONG ? `${value.slice(0, LONG)}…` : value}</span>`;
};

export const cell = (row, column) => (CELLS[column] ?? plain)(row, column);

/** The column that leads to the ticket. */
export const leading = (columns) => ['title', 'key'].find((name) => columns.includes(name)) ?? columns[0];
