import { bulk } from '../api/tickets.js';
import { openMenu } from '../parts/menu.js';
import { complain, say } from '../parts/toasts.js';
import { priorityIcon, stateIcon } from '../parts/icons.js';
import { face, hueOf } from '../parts/people.js';
import { html } from '../vendor/lit.js';
import { sure } from '../parts/dialogs.js';
import { allowedFrom, meta } from '../state/meta.js';
import { people } from '../state/people.js';
import { session } from '../state/session.js';
import { priorityName, problemText, stateName, text } from '../texts.js';
import { change, move, quoted } from './change.js';

/**
 * What can be done to one ticket or to several, from a menu beside the element that asks. All of it is heard of by the stream of events, as what
 * others do, so nothing is drawn here.
 */

/** Only where the workflow leads from the states of all of them. */
export function chooseStatus(anchor, tickets) {
  const allowed = meta.value.workflow.states
    .map((state) => state.name)
    .filter((name) => tickets.every((ticket) => ticket.status === name || allowedFrom(ticket.status).includes(name)));
  const choices = allowed.map((name) => ({
    value: name,
    label: stateName(name),
    icon: stateIcon(name, { silent: true }),
    chosen: tickets.every((ticket) => ticket.status === name),
  }));
  openMenu(anchor, { label: text.change(text.status), choices }, (name) => setStatus(tickets, name));
}

export async function setStatus(tickets, name) {
  const moving = tickets.filter((ticket) => ticket.status !== name);
  const done = await perform(
    moving,
    (ticket) => move(ticket, { to: name }),
    () => ({ op: 'transition', body: { to: name } }),
    (ticket) => ({ op: 'transition', body: { to: ticket.status } }),
  );
  if (done && moving.length === 1) {
    say(text.moved(moving[0].key, stateName(name)));
  }
  return done;
}

export function choosePriority(anchor, tickets) {
  const choices = [...meta.value.priorities].reverse().map(({ name }) => ({
    value: name,
    label: priorityName(name),
    icon: priorityIcon(name, { silent: true }),
    chosen: tickets.every((ticket) => ticket.priority === name),
  }));
  openMenu(anchor, { label: text.change(text.priority), choices }, (priority) => setFields(tickets, { priority }));
}

const NOBODY = '\0nobody';

export async function chooseAssignee(anchor, tickets) {
  const person = (name, hint) => ({
    value: name,
    label: name,
    hint,
    icon: face(name, { silent: true }),
    chosen: tickets.every((ticket) => ticket.assignee === name),
  });
  const self = session.value.actor;
  const nobody = {
    value: NOBODY,
    label: text.nobody,
    icon: face(null, { silent: true }),
    chosen: tickets.every((ticket) => !ticket.assignee),
  };
  const choices = [nobody, ...(await people()).map((name) => person(name, name === self ? text.you : undefined))];
  openMenu(anchor, { label: text.assignTo, choices, free: (typed) => person(typed) }, (name) =>
    setFields(tickets, { assignee: name === NOBODY ? null : name }),
  );
}

export function assignToMe(tickets) {
  if (session.value.actor) {
    setFields(tickets, { assignee: session.value.actor });
  }
}

const dot = (tag) => html`<span class="tag-dot ${hueOf(tag.toLowerCase())}"></span>`;

/** @param {string[]} known tags that are seen nearby */
export function chooseTags(anchor, tickets, known = []) {
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
}

/** The tag itself is added or taken away, whatever others did to the other tags meanwhile. */
export function setTag(tickets, tag, present) {
  const tagsOf = (ticket) => ({ tags: present ? [...ticket.tags, tag] : ticket.tags.filter((other) => other !== tag) });
  return perform(
    tickets,
    (ticket) => change(ticket, tagsOf),
    (ticket) => ({ op: 'update', body: tagsOf(ticket) }),
    ({ tags }) => ({ op: 'update', body: { tags } }),
  );
}

export function setFields(tickets, fields) {
  return perform(
    tickets,
    (ticket) => change(ticket, fields),
    () => ({ op: 'update', body: fields }),
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
  if (tickets.length > 1) {
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

const MOST_AT_ONCE = 100;

/** @param {(ticket: object) => object} [back] the operation that takes it back, which is offered for those that were changed */
async function performMany(tickets, operation, back) {
  try {
    const failed = [];
    const changed = [];
    for (let from = 0; from < tickets.length; from += MOST_AT_ONCE) {
      const part = tickets.slice(from, from + MOST_AT_ONCE);
      const answer = await bulk(
        part.map((ticket) => ({ ...operation(ticket), ref: ticket.id, ifMatch: quoted(ticket.etag) })),
      );
      answer.items.forEach((item, index) =>
        item.problem ? failed.push(item) : changed.push({ ...part[index], etag: item.etag }),
      );
      if (from + MOST_AT_ONCE < tickets.length) {
        say(text.bulkOnTheWay(from + MOST_AT_ONCE, tickets.length));
      }
    }
    const undo = back && changed.length ? { label: text.undo, run: () => performMany(changed, back) } : undefined;
    if (failed.length) {
      const { problem } = failed[0];
      complain(
        text.bulkFailed(failed.length, problemText({ code: problem.code, message: problem.detail, body: problem })),
      );
    } else {
      say(text.bulkDone(tickets.length), undo);
    }
    return failed.length === 0;
  } catch (problem) {
    complain(problem);
    return false;
  }
}
