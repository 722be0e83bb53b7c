/**
 * Single keys and 'g x' pairs, wherever the reader is not writing. An element says which it knows while it is in the page; the one that came last
 * is asked first.
 */
const layers = [];
const PAIR_MILLIS = 1200;
let prefix = null;

export class Keys {
  /** @param {() => Record<string, (event: KeyboardEvent) => unknown>} map by key, as in 'j', '?', 'g b'; false says that it was not meant */
  constructor(host, map) {
    this.map = map;
    host.addController(this);
  }

  hostConnected() {
    layers.push(this);
  }

  hostDisconnected() {
    layers.splice(layers.indexOf(this), 1);
  }
}

const writing = (target) => target.closest?.('input:not([type="checkbox"]), textarea, select, [contenteditable]');

document.addEventListener('keydown', (event) => {
  if (
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    event.isComposing ||
    writing(event.target)
  ) {
    return;
  }
  if (document.querySelector('dialog[open], [popover]:popover-open')) {
    return;
  }
  const pair = prefix && event.timeStamp - prefix.at < PAIR_MILLIS ? `${prefix.key} ${event.key}` : null;
  prefix = event.key === 'g' && !pair ? { key: 'g', at: event.timeStamp } : null;
  for (const layer of [...layers].reverse()) {
    const map = layer.map();
    const action = (pair && map[pair]) || (!pair && map[event.key]);
    if (action && action(event) !== false) {
      event.preventDefault();
      return;
    }
  }
});
