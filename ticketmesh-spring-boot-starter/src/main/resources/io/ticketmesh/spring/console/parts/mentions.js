/** Names in texts: '@bob', '@bob@example.com', '@"Bob Builder"', as the server finds them. */
const WORD = '[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}_.+-]*[\\p{L}\\p{M}\\p{N}_])?';
const BEFORE = '(?<![\\p{L}\\p{M}\\p{N}_.+/@\\\\-])';
const MENTION = new RegExp(`${BEFORE}@(?:"[^"\\p{Cc}\\u2028\\u2029]+"|${WORD}(?:@${WORD})?)`, 'gu');
const PLAIN = new RegExp(`^${WORD}(?:@${WORD})?$`, 'u');
const TYPED = new RegExp(`${BEFORE}@([\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}_.+@-]*)?$`, 'u');

/** The text in pieces. @returns {Array<{text: string, mention: boolean}>} */
export function pieces(text) {
  const found = [];
  let end = 0;
  for (const { 0: mention, index } of text.matchAll(MENTION)) {
    if (index > end) {
      found.push({ text: text.slice(end, index), mention: false });
    }
    found.push({ text: mention, mention: true });
    end = index + mention.length;
  }
  if (end < text.length) {
    found.push({ text: text.slice(end), mention: false });
  }
  return found;
}

/** The name that is being typed before the caret. @returns {{from: number, typed: string}|null} */
export function typedAt(text, caret) {
  const before = text.slice(Math.max(0, caret - 130), caret);
  const typed = TYPED.exec(before);
  return typed ? { from: caret - typed[0].length, typed: typed[1] ?? '' } : null;
}

/** How a name is written so that it is found. */
export const written = (name) => (PLAIN.test(name) ? `@${name}` : `@"${name}"`);
