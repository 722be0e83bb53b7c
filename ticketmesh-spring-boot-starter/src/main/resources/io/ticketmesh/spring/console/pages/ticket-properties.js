import { html, nothing } from '../vendor/lit.js';
import { addLink, removeLink } from '../api/tickets.js';
import { clockBadge } from '../parts/clocks.js';
import { PageElement } from '../parts/element.js';
import { icons, priorityIcon, stateIcon } from '../parts/icons.js';
import { openMenu } from '../parts/menu.js';
import { face, hueOf } from '../parts/people.js';
import { localText, number, time, whole } from '../parts/times.js';
import { complain } from '../parts/toasts.js';
import { meta } from '../state/meta.js';
import { people, queues } from '../state/people.js';
import { ticketAddress } from '../state/route.js';
import { mayWrite, session } from '../state/session.js';
import { Watch } from '../state/signal.js';
import { fieldName, linkName, metricName, priorityName, resolutionName, stateName, text, typeName } from '../texts.js';
import { chooseAssignee, choosePriority, chooseStatus, chooseTags, setFields, setTag } from './actions.js';
import { change } from './change.js';
import { valueText } from './values.js';

/** What is said of a ticket besides its texts; each is a button that offers what it can become. */
class Properties extends PageElement {
  static state = () => ({ ticket: null, linking: false, whole: false });

  watch = new Watch(this, session);

  #choose(field, names, nameOf) {
    return (event) =>
      openMenu(
        event.currentTarget,
        {
          label: text.change(text[field]),
          choices: names.map((name) => ({ value: name, label: nameOf(name), chosen: this.ticket[field] === name })),
        },
        (value) => setFields([this.ticket], { [field]: value }),
      );
  }

  async #chooseQueue(event) {
    const anchor = event.currentTarget;
    const choice = (name) => ({ value: name, label: name, chosen: this.ticket.queue === name });
    openMenu(anchor, { label: text.change(text.queue), choices: (await queues()).map(choice), free: choice }, (queue) =>
      setFields([this.ticket], { queue }),
    );
  }

  #setDue(event) {
    const dueDate = event.target.value || null;
    if (event.target.validity.valid && dueDate !== this.ticket.dueDate) {
      setFields([this.ticket], dueDate ? { dueDate } : { dueDate: null, dueAt: null });
    }
  }

  /** Until when it waits, after which it is open again. */
  #setWaiting(event) {
    const { value, validity } = event.target;
    const pendingUntil = value ? new Date(value).toISOString() : null;
    if (validity.valid && pendingUntil !== (this.ticket.pendingUntil ?? null)) {
      setFields([this.ticket], { pendingUntil });
    }
  }

  #watch(who, watches) {
    change(this.ticket, ({ watchers }) => ({
      watchers: watches ? [...watchers, who] : watchers.filter((other) => other !== who),
    })).catch(complain);
  }

  async #addWatcher(event) {
    const anchor = event.currentTarget;
    const person = (name) => ({ value: name, label: name, icon: face(name, { silent: true }) });
    const names = (await people()).filter((name) => !this.ticket.watchers.includes(name));
    openMenu(anchor, { label: text.addWatcher, choices: names.map(person), free: person }, (who) =>
      this.#watch(who, true),
    );
  }

  async #link(event) {
    event.preventDefault();
    const form = event.target;
    try {
      await addLink(this.ticket.id, form.elements.type.value, form.elements.target.value.trim());
      this.linking = false;
      this.dispatchEvent(new CustomEvent('written', { bubbles: true }));
    } catch (problem) {
      complain(problem);
    }
  }

  async #unlink(link) {
    try {
      await removeLink(this.ticket.id, link.type, link.id);
      this.dispatchEvent(new CustomEvent('written', { bubbles: true }));
    } catch (problem) {
      complain(problem);
    }
  }

  render() {
    const { ticket } = this;
    const gone = Boolean(ticket.deleted || ticket.past);
    const still = gone || !mayWrite('update');
    const row = (name, content, kind = '') => html`<div class="property ${kind}"><dt>${name}</dt><dd>${content}</dd></div>`;
    const button = (
      name,
      label,
      shown,
      choose,
      kind = '',
      action = 'update',
    ) => html`<button class="value ${kind}" aria-haspopup="listbox" aria-label=${`${name}: ${label}`} ?disabled=${gone || !mayWrite(action)}
      @click=${choose}>${shown}</button>`;
    return html`<dl class="properties ${this.whole ? 'whole' : ''}">
      ${row(
        text.status,
        button(
          text.status,
          stateName(ticket.status),
          html`${stateIcon(ticket.status, { silent: true })}<span>${stateName(ticket.status)}</span>`,
          (event) => chooseStatus(event.currentTarget, [ticket]),
          'status',
          'transition',
        ),
      )}
      ${ticket.resolution ? row(text.resolution, button(text.resolution, resolutionName(ticket.resolution), html`<span>${resolutionName(ticket.resolution)}</span>`, this.#choose('resolution', meta.value.workflow.resolutions, resolutionName))) : nothing}
      ${row(
        text.priority,
        button(
          text.priority,
          priorityName(ticket.priority),
          html`${priorityIcon(ticket.priority, { silent: true })}<span>${priorityName(ticket.priority)}</span>`,
          (event) => choosePriority(event.currentTarget, [ticket]),
          'priority',
        ),
      )}
      ${row(
        text.assignee,
        button(
          text.assignee,
          ticket.assignee ?? text.nobody,
          html`${face(ticket.assignee, { silent: true })}<span dir="auto">${ticket.assignee ?? text.nobody}</span>`,
          (event) => chooseAssignee(event.currentTarget, [ticket]),
          'assignee',
        ),
      )}
      ${row(
        text.due,
        html`<label class="value date ${ticket.overdue ? 'late' : ''}"><span class="unseen">${text.due}</span>
        ${ticket.dueAt ? html`<span title=${whole(ticket.dueAt)}>${whole(ticket.dueAt)}</span>` : nothing}
        <input type="date" ?disabled=${still} .value=${ticket.dueDate ?? ''} @change=${this.#setDue}>${ticket.overdue ? html`<span class="badge red">${text.overdue}</span>` : nothing}</label>`,
      )}
      ${
        ticket.statusCategory === 'waiting'
          ? row(
              text.waitsUntil,
              html`<label class="value date"><span class="unseen">${text.waitsUntil}</span>
        <input type="datetime-local" class="waiting-until" ?disabled=${still} .value=${localText(ticket.pendingUntil)} @change=${this.#setWaiting}></label>`,
              'wide',
            )
          : nothing
      }
      ${ticket.sla?.length ? row(text.promises, html`<ul class="clocks">${ticket.sla.map((clock) => html`<li><span>${metricName(clock.metric)}</span> ${clockBadge(clock)}</li>`)}</ul>`) : nothing}
      ${row(text.type, button(text.type, typeName(ticket.type), html`<span>${typeName(ticket.type)}</span>`, this.#choose('type', meta.value.workflow.types, typeName)))}
      ${row(text.queue, button(text.queue, ticket.queue, html`<span>${ticket.queue}</span>`, this.#chooseQueue))}
      ${row(
        text.tags,
        html`<span class="set">${ticket.tags.map(
          (
            tag,
          ) => html`<span class="tag ${hueOf(tag.toLowerCase())}" title=${tag}><span class="text" dir="auto">${tag}</span>
        <button aria-label=${text.remove(tag)} ?disabled=${still} @click=${() => setTag([ticket], tag, false)}>${icons.close}</button></span>`,
        )}
        <button class="value tags add" ?disabled=${still} aria-haspopup="listbox" aria-label=${text.addTag} @click=${(event) => chooseTags(event.currentTarget, [ticket])}>${icons.plus}</button></span>`,
      )}
      ${row(text.reporter, html`<span class="value still">${face(ticket.reporter, { silent: true })}<span dir="auto">${ticket.reporter}</span></span>`)}
      ${row(
        text.watchers,
        html`<span class="set">${ticket.watchers.map(
          (who) => html`<span class="tag ${hueOf(who)}"><span class="text" dir="auto">${who}</span>
        <button aria-label=${text.remove(who)} ?disabled=${still} @click=${() => this.#watch(who, false)}>${icons.close}</button></span>`,
        )}
        ${!still && session.value.actor && !ticket.watchers.includes(session.value.actor) ? html`<button class="value" @click=${() => this.#watch(session.value.actor, true)}>${text.watch}</button>` : nothing}
        <button class="value add" ?disabled=${still} aria-haspopup="listbox" aria-label=${text.addWatcher} @click=${this.#addWatcher}>${icons.plus}</button></span>`,
      )}
      ${row(text.links, this.#links(still))}
      ${Object.entries(ticket.customFields).map(([name, value]) => row(fieldName(name), html`<span class="value still" dir="auto">${valueText(name, value)}</span>`))}
      ${ticket.occurrences > 1 || ticket.lastPlace ? row(text.occurrences, html`<span class="value still number">${number(ticket.occurrences)}</span>`) : nothing}
      ${ticket.lastPlace ? row(text.lastPlace, html`<span class="value still last-place"><span dir="auto">${ticket.lastPlace}</span> · ${time(ticket.lastSeenAt)}</span>`) : nothing}
      ${ticket.externalId ? row(fieldName('externalId'), html`<span class="value still">${ticket.externalId}</span>`) : nothing}
      ${row(text.createdAt, html`<span class="value still">${time(ticket.createdAt)}</span>`)}
      ${row(text.updatedAt, html`<span class="value still">${time(ticket.updatedAt)}</span>`)}
    </dl>
    <button class="button quiet small all-properties" aria-expanded=${this.whole ? 'true' : 'false'} @click=${() => (this.whole = !this.whole)}>${this.whole ? text.lessFields : text.moreFields}</button>`;
  }

  #links(still) {
    return html`<span class="set links">${this.ticket.links.map(
      (
        link,
      ) => html`<span class="link"><span>${linkName(link.type)}</span> <a href=${ticketAddress(link.key)}>${link.key}</a>
        <button class="button quiet icon small" ?disabled=${still} aria-label=${text.remove(link.key)} @click=${() => this.#unlink(link)}>${icons.close}</button></span>`,
    )}
      ${
        this.linking
          ? html`<form class="linking" @submit=${this.#link}>
        <select class="input" name="type" aria-label=${text.type}>${meta.value.linkTypes.map(({ name }) => html`<option value=${name}>${linkName(name)}</option>`)}</select>
        <input class="input" name="target" required aria-label=${text.linkTarget} placeholder="TM-" autocomplete="off">
        <button class="button small primary">${text.addLink}</button><button type="button" class="button small quiet" @click=${() => (this.linking = false)}>${text.cancel}</button></form>`
          : html`<button class="value add" ?disabled=${still} aria-label=${text.addLink} @click=${() => (this.linking = true)}>${icons.plus}</button>`
      }</span>`;
  }
}

customElements.define('tm-properties', Properties);
