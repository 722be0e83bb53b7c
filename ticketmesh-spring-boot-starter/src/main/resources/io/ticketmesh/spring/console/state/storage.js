/** The browser's storage, which can be full, switched off or written by an older console: then it is as if nothing was kept. */
const PREFIX = 'ticketmesh.';

export function read(name, otherwise, storage = () => localStorage) {
  try {
    const text = storage().getItem(PREFIX + name);
    return text === null ? otherwise : JSON.parse(text);
  } catch {
    return otherwise;
  }
}

/** @returns whether it is kept */
export function write(name, value, storage = () => localStorage) {
  try {
    if (value === undefined || value === null) {
      storage().removeItem(PREFIX + name);
    } else {
      storage().setItem(PREFIX + name, JSON.stringify(value));
    }
    return true;
  } catch {
    return false;
  }
}
