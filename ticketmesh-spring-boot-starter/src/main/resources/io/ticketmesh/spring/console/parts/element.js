import { LitElement } from '../vendor/lit.js';

/**
 * An element that draws into the page itself, so that one set of styles, one focus order and one set of labels serve all. What it is drawn from is named
 * in 'static state', a function that gives the first values; a change of any draws it anew.
 */
export class PageElement extends LitElement {
  /** Class fields would hide lit's accessors, so these are made here and filled in the constructor. */
  static finalize() {
    Object.keys(this.state?.() ?? {}).forEach((name) => this.createProperty(name, { attribute: false }));
    super.finalize();
  }

  constructor() {
    super();
    Object.assign(this, this.constructor.state?.());
  }

  createRenderRoot() {
    return this;
  }
}
