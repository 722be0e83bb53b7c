import { Signal } from '../state/signal.js';

/** The keys of the list that was shown last, in its order, so that a ticket knows its neighbours. */
export const shownKeys = new Signal([]);
