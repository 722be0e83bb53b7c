/** Names under which the server keeps what people call as they like. */
const MOST_CHARS = 56;

/** 'Überfällig & dringend' is 'uberfallig-dringend'. */
export function slug(title, otherwise) {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, MOST_CHARS)
    .replace(/-+$/, '');
  return plain || otherwise;
}

/** The slug of the title, with a number where others have it already. @param {(name: string) => boolean} isTaken */
export function freeName(title, otherwise, isTaken) {
  const name = slug(title, otherwise);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!isTaken(candidate)) {
      return candidate;
    }
  }
}
