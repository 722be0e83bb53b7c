/** A value that tells its readers when it becomes another. */
export class Signal extends EventTarget {
  #value;

  constructor(value) {
    super();
    this.#value = value;
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    if (value !== this.#value) {
      this.#value = value;
      this.dispatchEvent(new Event('change'));
    }
  }
}

/** Draws an element anew whenever one of the signals changes, while the element is in the page. */
export class Watch {
  constructor(host, ...signals) {
    this.signals = signals;
    this.draw = () => host.requestUpdate();
    host.addController(this);
  }

  hostConnected() {
    this.signals.forEach((signal) => signal.addEventListener('change', this.draw));
  }

  hostDisconnected() {
    this.signals.forEach((signal) => signal.removeEventListener('change', this.draw));
  }
}
