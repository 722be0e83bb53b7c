import { html, nothing } from '../vendor/lit.js';
import { countTickets, readFlow, readNumbers } from '../api/tickets.js';
import { Follow } from '../live/follow.js';
import { PageElement } from '../parts/element.js';
import { priorityIcon, stateIcon } from '../parts/icons.js';
import { face } from '../parts/people.js';
import { bones, failed } from '../parts/states.js';
import { number } from '../parts/times.js';
import { meta } from '../state/meta.js';
import { listAddress } from '../state/route.js';
import { priorityName, stateName, text } from '../texts.js';
import { bars, flow } from './charts.js';

/** How much there is, of what, and how old; every number leads to the list that it counts. */
const MOST_PEOPLE = 10;
const DAYS = 30;

/** The server looks at each ticket that was changed in these days, so not at each change. */
const FLOW_FRESH_MILLIS = 60_000;

class Numbers extends PageElement {
  static state = () => ({ numbers: null, counted: {}, flow: null, problem: null });

  follow = new Follow(this, () => this.#load());

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.request?.abort();
  }

  /** The numbers that the server has at hand first; what it has to look for follows. */
  async #load() {
    this.request?.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    try {
      this.numbers = await readNumbers(signal);
      this.problem = null;
      const [conflicts, late] = await Promise.all([
        countTickets('has=conflict', signal),
        countTickets('overdue=true', signal),
        this.#readFlow(signal),
      ]);
      this.counted = { conflicts, overdue: late };
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        this.problem = problem;
      }
    }
  }

  async #readFlow(signal) {
    if (!this.flow || performance.now() - this.flowMillis > FLOW_FRESH_MILLIS) {
      this.flow = await readFlow(firstDay(), Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC', signal);
      this.flowMillis = performance.now();
    }
  }

  render() {
    return html`<header class="bar"><h1>${text.numbers}</h1></header><div class="scroll">${this.#body()}</div>`;
  }

  #body() {
    if (this.problem && !this.numbers) {
      return failed(text.numbersFailed, this.problem, () => this.#load());
    }
    if (!this.numbers) {
      return bones(8);
    }
    const { numbers, counted } = this;
    const notDone = numbers.statusCategory.open + numbers.statusCategory.waiting;
    const fact = (name, value, query) =>
      html`<div class="fact"><dt>${name}</dt><dd><a href=${listAddress(query)}>${value === undefined ? '…' : number(value)}</a></dd></div>`;
    return html`<div class="numbers">
      <dl class="facts">
        ${fact(text.openTickets, notDone, 'category=open%2Cwaiting&sort=-updatedAt')}
        ${fact(text.overdue, counted.overdue, 'overdue=true&sort=dueAt%2C-priority')}
        ${fact(text.conflicts, counted.conflicts, 'has=conflict&sort=-updatedAt')}
        ${fact(text.totalTickets, numbers.total, 'sort=-updatedAt')}
      </dl>
      <section class="panel"><h2>${text.flow} <span class="hint">${text.flowHint}</span></h2>${this.flow ? flow(this.flow.days) : bones(4)}
        ${this.flow ? html`<dl class="facts">${took(text.responseTime, this.flow.firstResponse)}${took(text.resolutionTime, this.flow.resolution)}</dl>` : nothing}</section>
      <div class="two">
        <section class="panel"><h2>${text.byState}</h2>${bars(this.#states())}</section>
        <section class="panel"><h2>${text.ages}</h2>${bars(Object.entries(text.ageNames).map(([age, label]) => ({ label, value: numbers.ages[age] })))}</section>
        <section class="panel"><h2>${text.byPriority}</h2>${bars(this.#priorities())}</section>
        <section class="panel"><h2>${text.byAssignee}</h2>${bars(this.#people())}</section>
      </div></div>`;
  }

  #states() {
    return meta.value.workflow.states.map(({ name }) => ({
      label: stateName(name),
      icon: stateIcon(name, { silent: true }),
      value: this.numbers.status[name] ?? 0,
      address: listAddress(`status=${encodeURIComponent(name)}&sort=-updatedAt`),
    }));
  }

  #priorities() {
    return [...meta.value.priorities].reverse().map(({ name }) => ({
      label: priorityName(name),
      icon: priorityIcon(name, { silent: true }),
      value: this.numbers.priority[name] ?? 0,
      address: listAddress(`priority=${encodeURIComponent(name)}&sort=-updatedAt`),
    }));
  }

  #people() {
    const people = Object.entries(this.numbers.assignee)
      .sort(([, one], [, two]) => two - one)
      .slice(0, MOST_PEOPLE);
    const person = (name, value, query) => ({
      label: name ?? text.nobody,
      icon: face(name, { silent: true }),
      value,
      address: listAddress(`assignee=${query}&sort=-updatedAt`),
    });
    return [
      person(null, this.numbers.unassigned, 'none'),
      ...people.map(([name, value]) => person(name, value, encodeURIComponent(name))),
    ];
  }
}

/** Of the thirty up to today, where the reader is. */
function firstDay() {
  const day = new Date();
  day.setDate(day.getDate() - (DAYS - 1));
  const two = (number) => String(number).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

const took = (name, { count, medianMillis, p90Millis }) =>
  count
    ? html`<div class="fact"><dt>${name}</dt><dd>${text.duration(medianMillis)} <span class="hint">${text.halfAndMost(text.duration(medianMillis), text.duration(p90Millis))}</span></dd></div>`
    : nothing;

customElements.define('tm-numbers', Numbers);
