import { readMesh } from '../api/node.js';
import { Signal } from './signal.js';

/** What this node sees of the mesh; null until somebody wanted to know. */
export const mesh = new Signal(null);

const FRESH_MILLIS = 15_000;
let askedMillis = -Infinity;

export async function loadMesh(signal) {
  askedMillis = performance.now();
  mesh.value = await readMesh(signal);
}

/** The signal, asked for when it is first needed and not newer than some seconds. Names of nodes hardly change. */
export function watchMesh() {
  if (performance.now() - askedMillis > FRESH_MILLIS) {
    loadMesh().catch(() => {
      askedMillis = -Infinity;
    });
  }
  return mesh;
}

/** What people call the node; the beginning of its id when it is unknown. */
export function nodeName(id) {
  return mesh.value?.members.find((member) => member.id === id)?.name ?? id.slice(0, 8);
}
