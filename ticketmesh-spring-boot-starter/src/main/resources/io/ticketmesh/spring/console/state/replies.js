import { deleteReply, putReply, readReplies } from '../api/definitions.js';
import { freeName } from './names.js';
import { may } from './session.js';
import { Signal } from './signal.js';

/** Comments that are written often; all who work on tickets share them. Null until they were read. */
export const replies = new Signal(null);

/** Only who works on tickets is told of them. */
export const mayReply = () => may('update');
export const mayArrange = () => may('arrange');

export async function loadReplies() {
  replies.value = await readReplies();
  return replies.value;
}

/** @param {string|null} name null for a new one */
export async function saveReply(name, body) {
  const isTaken = (candidate) => (replies.value ?? []).some((reply) => reply.name === candidate);
  await putReply(name ?? freeName(body.title, 'reply', isTaken), body, { isNew: name === null });
  return loadReplies();
}

export async function dropReply(name) {
  await deleteReply(name);
  return loadReplies();
}
