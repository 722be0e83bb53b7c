import { openMenu } from '../parts/menu.js';
import { complain, say } from '../parts/toasts.js';
import { priorityIcon, stateIcon } from '../parts/icons.js';
import { face, hueOf } from '../parts/people.js';
import { html } from '../vendor/lit.js';
import { sure } from '../parts/dialogs.js';
import { allowedFrom, meta } from '../state/meta.js';
import { people } from '../state/people.js';
import { mayWrite, session } from '../state/session.js';
import { priorityName, stateName, text } from '../texts.js';
import { change, move } from './change.js';
import { Everything } from './everything.js';
import { carryOut, inRounds } from './run.js';

/**
 * What can be done to one ticket, to several, or to {@link Everything} in a list, from a menu beside the element that asks. All of it is heard of by the
 * stream of events, as what others do, so nothing is drawn here. What the reader may not do is not offered, and says false.
 */

/** Of everything nobody knows it. */
const every = (tickets, test) => !(tickets instanceof Everything) && tickets.every(test);

/** Only where the workflow leads from the states of all of them. */
export function chooseStatus(anchor, tickets) {
  return mayWrite('transition') && offerStates(anchor, tickets);
}

async function offerStates(anchor, tickets) {
  const states = await statusesOf(tickets);
  const allowed = meta.value.workflow.states
    .map((state) => state.name)
    .filter((name) => states.every((state) => state === name || allowedFrom(state).includes(name)));
  const choices = allowed.map((name) => ({
    value: name,
    label: stateName(name),
    icon: stateIcon(name, { silent: true }),
    chosen: states.every((state) => state === name),
  }));
  openMenu(anchor, { label: text.change(text.status), choices }, (name) => setStatus(tickets, name));
}

/** When they cannot be asked for, all states of the workflow: the server refuses what cannot be. */
async function statusesOf(tickets) {
  if (!(tickets instanceof Everything)) {
    return tickets.map(({ status }) => status);
  }
  return tickets.statuses().catch(() => meta.value.workflow.states.map(({ name }) => name));
}

export async function setStatus(tickets, name) {
  const moving = tickets instanceof Everything ? tickets : tickets.filter((ticket) => ticket.status !== name);
  const done = await perform(
    moving,
    (ticket) => move(ticket, { to: name }),
    ({ status }) => (status === name ? null : { op: 'transition', body: { to: name } }),
    (ticket) => ({ op: 'transition', body: { to: ticket.status } }),
  );
  if (done && moving.length === 1) {
    say(text.moved(moving[0].key, stateName(name)));
  }
  return done;
}

export function choosePriority(anchor, tickets) {
  if (!mayWrite('update')) {
    return false;
  }
  const choices = [...meta.value.priorities].reverse().map(({ name }) => ({
    value: name,
    label: priorityName(name),
    icon: priorityIcon(name, { silent: true }),
    chosen: every(tickets, (ticket) => ticket.priority === name),
  }));
  openMenu(anchor, { label: text.change(text.priority), choices }, (priority) => setFields(tickets, { priority }));
  return true;
}

const NOBODY = '\0nobody';

export function chooseAssignee(anchor, tickets) {
  return mayWrite('update') && offerPeople(anchor, tickets);
}

async function offerPeople(anchor, tickets) {
  const person = (name, hint) => ({
    value: name,
    label: name,
    hint,
    icon: face(name, { silent: true }),
    chosen: every(tickets, (ticket) => ticket.assignee === name),
  });
  const self = session.value.actor;
  const nobody = {
    value: NOBODY,
    label: text.nobody,
    icon: face(null, { silent: true }),
    chosen: every(tickets, (ticket) => !ticket.assignee),
  };
  const choices = [nobody, ...(await people()).map((name) => person(name, name === self ? text.you : undefined))];
  openMenu(anchor, { label: text.assignTo, choices, free: (typed) => person(typed) }, (name) =>
    setFields(tickets, { assignee: name === NOBODY ? null : name }),
  );
}

export function assignToMe(tickets) {
  const { actor } = session.value;
  return Boolean(actor) && mayWrite('update') && setFields(tickets, { assignee: actor });
}

const dot = (tag) => html`<span class="tag-dot ${hueOf(tag.toLowerCase())}"></span>`;

/** @param {string[]} known tags that are seen nearby */
export function chooseTags(anchor, tickets, known = []) {
  if (!mayWrite('update')) {
    return false;
  }
  if (tickets instanceof Everything) {
    chooseTagOfAll(anchor, tickets, known);
    return true;
  }
  const all = [...new Set([...tickets.flatMap((ticket) => ticket.tags), ...known])].sort((one, two) =>
    one.localeCompare(two),
  );
  const everywhere = (tag) => tickets.every((ticket) => ticket.tags.includes(tag));
  const choice = (tag) => ({ value: tag, label: tag, icon: dot(tag), chosen: everywhere(tag) });
  let chain = Promise.resolve();
  openMenu(
    anchor,
    { label: text.tags, many: true, choices: all.map(choice), free: (typed) => ({ ...choice(typed), chosen: false }) },
    (tag, { chosen }) => {
      chain = chain.then(() => setTag(tickets, tag, !chosen));
    },
  );
  return true;
}

/** Nobody knows which of them have a tag, so it is said whether it is added or taken away. */
function chooseTagOfAll(anchor, tickets, known) {
  const choice = (tag, present) => ({
    value: `${present ? '+' : '-'}${tag}`,
    label: present ? text.addNamedTag(tag) : text.removeNamedTag(tag),
    icon: dot(tag),
  });
  const choices = [...known.map((tag) => choice(tag, true)), ...known.map((tag) => choice(tag, false))];
  openMenu(anchor, { label: text.tags, choices, free: (typed) => choice(typed, true) }, (value) =>
    setTag(tickets, value.slice(1), value.startsWith('+')),
  );
}

/** The tag itself is added or taken away, whatever others did to the other tags meanwhile. */
export function setTag(tickets, tag, present) {
  const tagsOf = (ticket) => ({ tags: present ? [...ticket.tags, tag] : ticket.tags.filter((other) => other !== tag) });
  return perform(
    tickets,
    (ticket) => change(ticket, tagsOf),
    (ticket) => (ticket.tags.includes(tag) === present ? null : { op: 'update', body: tagsOf(ticket) }),
    ({ tags }) => ({ op: 'update', body: { tags } }),
  );
}

export function setFields(tickets, fields) {
  return perform(
    tickets,
    (ticket) => change(ticket, fields),
    (ticket) => (Object.entries(fields).every(([name, value]) => (ticket[name] ?? null) === value) ? null : { op: 'update', body: fields }),
    (ticket) => ({ op: 'update', body: before(ticket, Object.keys(fields)) }),
  );
}

/** What the row said of these fields. */
const before = (ticket, names) => Object.fromEntries(names.map((name) => [name, ticket[name] ?? null]));

export async function deleteAll(tickets) {
  if (await sure(text.deleteSure(tickets.length), text.deleteHint, text.delete)) {
    return performMany(
      tickets,
      () => ({ op: 'delete' }),
      () => ({ op: 'restore' }),
    );
  }
  return false;
}

/** @returns whether all of it was done; if not, the reader was told */
async function perform(tickets, one, many, back) {
  if (tickets instanceof Everything || tickets.length > 1) {
    return performMany(tickets, many, back);
  }
  try {
    await Promise.all(tickets.map(one));
    return true;
  } catch (problem) {
    complain(problem.code === 'meanwhile' ? text.tooOld : problem);
    return false;
  }
}

function performMany(tickets, operation, back) {
  const rounds = tickets instanceof Everything ? (signal) => tickets.rounds(signal) : inRounds(tickets);
  return carryOut(rounds, tickets.length, operation, back);
}
