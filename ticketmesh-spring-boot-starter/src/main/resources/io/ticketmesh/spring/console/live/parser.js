/**
 * Takes a stream of server-sent events apart, as the HTML standard says. Fed with pieces of text that may end anywhere.
 */
export class EventParser {
  #rest = '';
  #event = '';
  #data = [];

  /** The last id that was told, with an event or without; empty when there was none. */
  lastId = '';

  /** @returns {Array<{type: string, data: string, id: string}>} the events that are complete now */
  feed(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    const events = [];
    for (const line of lines) {
      if (line === '') {
        if (this.#data.length > 0 || this.#event) {
          events.push({ type: this.#event || 'message', data: this.#data.join('\n'), id: this.lastId });
        }
        this.#event = '';
        this.#data = [];
      } else {
        this.#take(line);
      }
    }
    return events;
  }

  #take(line) {
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line);
    if (field === 'event') {
      this.#event = value;
    } else if (field === 'data') {
      this.#data.push(value);
    } else if (field === 'id' && !value.includes('\0')) {
      this.lastId = value;
    }
  }
}
