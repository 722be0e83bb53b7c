import { readMeta } from '../api/node.js';
import { Signal } from './signal.js';

/** The workflow, the names that fields can take, and the limits; null until the server has told. */
export const meta = new Signal(null);

export async function loadMeta() {
  meta.value = await readMeta();
}

export const stateOf = (name) => meta.value?.workflow.states.find((state) => state.name === name);

/** The states that can follow, as the workflow says. */
export const allowedFrom = (name) => stateOf(name)?.transitions ?? [];

/** The last state in which nothing is left to do counts as closed, for its colour. */
export function toneOf(name) {
  const state = stateOf(name);
  if (!state) {
    return 'open';
  }
  if (state.category === 'done') {
    const done = meta.value.workflow.states.filter((other) => other.category === 'done');
    return done.length > 1 && done.at(-1).name === name ? 'closed' : 'done';
  }
  return state.category === 'open' && state.initial && meta.value.workflow.states[0].name === name
    ? 'initial'
    : state.category;
}
