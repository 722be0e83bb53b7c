import { html, nothing } from '../vendor/lit.js';
import { meta } from '../state/meta.js';
import { people, queues } from '../state/people.js';
import { columnsOf, saveView } from '../state/views.js';
import { Watch } from '../state/signal.js';
import { go, listAddress } from '../state/route.js';
import { columnName, priorityName, stateName, text, typeName } from '../texts.js';
import { askFor } from './dialogs.js';
import { PageElement } from './element.js';
import { icons, priorityIcon, stateIcon } from './icons.js';
import { openMenu } from './menu.js';
import { face } from './people.js';
import { complain, say } from './toasts.js';

/**
 * The line above a list: search, filters and order. All of it stands in the address, so that it can be sent to others and gone back from.
 */
const TYPING_MILLIS = 250;

const FIELDS = {
  status: {
    name: text.status,
    choices: () =>
      meta.value.workflow.states.map(({ name }) => ({
        value: name,
        label: stateName(name),
        icon: stateIcon(name, { silent: true }),
      })),
  },
  priority: {
    name: text.priority,
    choices: () =>
      [...meta.value.priorities]
        .reverse()
        .map(({ name }) => ({ value: name, label: priorityName(name), icon: priorityIcon(name, { silent: true }) })),
  },
  assignee: {
    name: text.assignee,
    choices: async () => [
      { value: '@me', label: text.you },
      { value: 'none', label: text.nobody, icon: face(null, { silent: true }) },
      ...(await people()).map((name) => ({ value: name, label: name, icon: face(name, { silent: true }) })),
    ],
    free: (typed) => ({ value: typed, label: typed }),
  },
  tag: { name: text.tag, choices: () => [], free: (typed) => ({ value: typed, label: typed }) },
  type: {
    name: text.type,
    choices: () => meta.value.workflow.types.map((name) => ({ value: name, label: typeName(name) })),
  },
  queue: { name: text.queue, choices: async () => (await queues()).map((name) => ({ value: name, label: name })) },
};

/** What says how a list looks and not which tickets are in it. */
export const SHAPE = ['sort', 'columns'];

const DEFAULT_SORT = '-updatedAt';
const RELEVANCE = 'relevance';

/** The order of a list: where words are looked for, what fits them best is first. */
export const sortOf = (parameters) => parameters.get('sort') ?? (parameters.has('q') ? RELEVANCE : DEFAULT_SORT);

/** Looks for other words. Who begins to look wants what fits best first; who has chosen an order since keeps it. */
function lookFor(words, parameters) {
  if (words.trim()) {
    if (!parameters.has('q')) {
      parameters.set('sort', RELEVANCE);
    }
    parameters.set('q', words);
  } else {
    parameters.delete('q');
    if (parameters.get('sort') === RELEVANCE) {
      parameters.delete('sort');
    }
  }
}

export class Filters extends PageElement {
  static state = () => ({ query: '', page: 'tickets', without: [], problem: undefined, tags: [], columns: [] });

  watch = new Watch(this, meta);

  focusSearch() {
    this.querySelector('input').select();
    this.querySelector('input').focus();
  }

  #parameters() {
    return new URLSearchParams(this.query);
  }

  #go(change, options) {
    const parameters = this.#parameters();
    change(parameters);
    go(listAddress(parameters, this.page), options);
  }

  #typed(event) {
    clearTimeout(this.timer);
    const { value } = event.target;
    this.timer = setTimeout(
      () => this.#go((to) => lookFor(value, to), { replace: true }),
      TYPING_MILLIS,
    );
  }

  #searchKey(event) {
    if (event.key === 'Escape') {
      event.target.blur();
      this.dispatchEvent(new Event('leave', { bubbles: true }));
    }
  }

  #chooseField(event) {
    const anchor = event.currentTarget;
    const choices = Object.entries(FIELDS)
      .filter(([field]) => !this.without.includes(field))
      .map(([field, { name }]) => ({ value: field, label: name }));
    openMenu(anchor, { label: text.filter, choices }, (field) => this.#chooseValues(anchor, field));
  }

  async #chooseValues(anchor, field) {
    const chosen = valuesOf(this.#parameters(), field);
    const offered =
      field === 'tag' ? this.tags.map((tag) => ({ value: tag, label: tag })) : await FIELDS[field].choices();
    const missing = chosen
      .filter((value) => !offered.some((choice) => choice.value === value))
      .map((value) => ({ value, label: value }));
    const choices = [...offered, ...missing].map((choice) => ({ ...choice, chosen: chosen.includes(choice.value) }));
    openMenu(anchor, { label: FIELDS[field].name, many: true, choices, free: FIELDS[field].free }, (value) =>
      this.#go(
        (to) => {
          const now = valuesOf(to, field);
          setValues(to, field, now.includes(value) ? now.filter((other) => other !== value) : [...now, value]);
        },
        { replace: true },
      ),
    );
  }

  #chooseSort(event) {
    const chosen = sortOf(this.#parameters());
    const choices = Object.entries(text.sorts)
      .filter(([value]) => value !== RELEVANCE || this.#parameters().has('q'))
      .map(([value, label]) => ({ value, label, chosen: value === chosen }));
    openMenu(event.currentTarget, { label: text.sort, choices }, (sort) => this.#go((to) => to.set('sort', sort)));
  }

  /** Each that is chosen comes last; the one that is taken away leaves the others where they are. */
  #chooseColumns(event) {
    const chosen = columnsOf(this.#parameters());
    const known = [...chosen, ...this.columns.filter((name) => !chosen.includes(name))];
    const choices = known.map((value) => ({
      value,
      label: columnName(value),
      chosen: chosen.includes(value),
    }));
    openMenu(event.currentTarget, { label: text.columns, many: true, choices }, (value) =>
      this.#go((to) => setColumns(to, value), { replace: true }),
    );
  }

  async #save() {
    const columns = columnsOf(this.#parameters()).map(columnName).join(', ');
    const name = await askFor(text.viewName, { hint: text.saveViewHint(columns) });
    if (name) {
      try {
        await saveView(name, this.query);
        say(text.viewSaved(name));
      } catch (problem) {
        complain(problem);
      }
    }
  }

  #clear() {
    this.#go((to) => [...to.keys()].filter((name) => !SHAPE.includes(name)).forEach((name) => to.delete(name)));
  }

  render() {
    const parameters = this.#parameters();
    const chips = chipsOf(parameters);
    const columns = columnsOf(parameters);
    return html`<div class="filters" role="search">
      <label class="searching"><span class="unseen">${text.search}</span>${icons.search}
        <input type="search" placeholder=${text.searchHint} autocomplete="off" spellcheck="false" maxlength="1000" .value=${parameters.get('q') ?? ''}
          aria-invalid=${this.problem ? 'true' : 'false'} aria-describedby=${this.problem ? 'search-problem' : nothing}
          @input=${this.#typed} @keydown=${this.#searchKey}><kbd aria-hidden="true">/</kbd></label>
      <button class="button quiet small" aria-haspopup="listbox" aria-label=${text.filter} @click=${this.#chooseField}>${icons.filter}<span class="wide">${text.filter}</span></button>
      ${this.page === 'tickets' ? html`<button class="button quiet small" aria-haspopup="listbox" aria-label=${text.sort} @click=${this.#chooseSort}>${icons.sort}<span class="wide">${text.sorts[sortOf(parameters)] ?? text.sort}</span></button>
      <button class="button quiet small" aria-haspopup="listbox" aria-label=${text.columns} @click=${this.#chooseColumns}>${icons.columns}<span class="wide">${text.columns}</span></button>` : nothing}
    </div>
    ${this.problem ? html`<p class="search-problem wrong" id="search-problem" role="alert">${this.problem}</p>` : nothing}
    ${
      chips.length || columns.length
        ? html`<div class="chips">
      ${chips.map(
        ({ name, label, field }) => html`<span class="chip">
        ${field ? html`<button @click=${(event) => this.#chooseValues(event.currentTarget, field)}>${label}</button>` : html`<span>${label}</span>`}
        <button class="off" aria-label=${text.remove(label)} @click=${() => this.#go((to) => to.delete(name))}>${icons.close}</button></span>`,
      )}
      ${
        columns.length
          ? html`<span class="chip"><span>${text.columns}: ${columns.map(columnName).join(', ')}</span>
        <button class="off" aria-label=${text.remove(text.columns)} @click=${() => this.#go((to) => to.delete('columns'))}>${icons.close}</button></span>`
          : nothing
      }
      ${chips.length ? html`<button class="button quiet small" @click=${this.#clear}>${text.clearFilters}</button>` : nothing}
      ${this.page === 'tickets' ? html`<button class="button quiet small" @click=${this.#save}>${text.saveView}</button>` : nothing}
    </div>`
        : nothing
    }`;
  }
}

/** Tags are given one by one, since one may contain a comma; of other fields all values stand in one parameter. */
function valuesOf(parameters, field) {
  return field === 'tag' ? parameters.getAll('tag') : (parameters.get(field) ?? '').split(',').filter(Boolean);
}

function setValues(parameters, field, values) {
  parameters.delete(field);
  if (field === 'tag') {
    values.forEach((value) => parameters.append('tag', value));
  } else if (values.length) {
    parameters.set(field, values.join(','));
  }
}

function setColumns(parameters, column) {
  const chosen = columnsOf(parameters);
  const now = chosen.includes(column) ? chosen.filter((other) => other !== column) : [...chosen, column];
  parameters.delete('columns');
  if (now.length) {
    parameters.set('columns', now.join(','));
  }
}

function chipsOf(parameters) {
  const names = [...new Set(parameters.keys())].filter((name) => name !== 'q' && !SHAPE.includes(name));
  return names.map((name) => {
    const values = parameters.getAll(name).flatMap((value) => (name === 'tag' ? [value] : value.split(',')));
    const shown = values.map((value) => ({ '@me': text.you, none: text.nobody })[value] ?? stateName(value)).join(', ');
    return {
      name,
      field: name in FIELDS ? name : null,
      label: `${labels[name] ?? FIELDS[name]?.name ?? name}: ${shown}`,
    };
  });
}

const labels = { category: text.state, overdue: text.overdue, has: text.filter };

customElements.define('tm-filters', Filters);
