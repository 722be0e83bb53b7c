import { pieces } from './mentions.js';

/**
 * Makes of a text what may be shown. Raw HTML stays text, pictures become links (the page loads nothing from elsewhere), and whatever
 * comes out goes through DOMPurify. The libraries are fetched when the first text is shown.
 */

/** Longer texts are shown as they were written: nobody waits for a picture of 65,536 brackets. */
const MOST_CHARS = 65_536;
const ALLOWED = {
  ALLOWED_TAGS: [
    'p',
    'br',
    'hr',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'strong',
    'em',
    's',
    'code',
    'pre',
    'blockquote',
    'ul',
    'ol',
    'li',
    'a',
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
    'span',
  ],
  ALLOWED_ATTR: ['href', 'title', 'class', 'start', 'target', 'rel'],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|#)/i,
  RETURN_DOM_FRAGMENT: true,
};

let ready = null;

/** @returns {Promise<(source: string) => DocumentFragment>} */
export function markdown() {
  ready ??= import('../vendor/markdown.js').then(build);
  return ready;
}

function build({ DOMPurify, MarkdownIt }) {
  const parser = new MarkdownIt({ html: false, linkify: true, breaks: true, maxNesting: 40 });
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  parser.core.ruler.before('text_join', 'escaped', (state) => eachText(state, markEscaped));
  parser.core.ruler.push('mentions', (state) => eachText(state, splitMentions));
  parser.renderer.rules.mention = (tokens, index) =>
    `<span class="mention">${parser.utils.escapeHtml(tokens[index].content)}</span>`;
  parser.core.ruler.push('quiet', (state) => state.tokens.forEach(quieten));
  parser.renderer.rules.image = (tokens, index) => pictureLink(parser, tokens[index]);
  return (source) => {
    if (source.length > MOST_CHARS) {
      return plain(source);
    }
    return DOMPurify.sanitize(parser.render(source), ALLOWED);
  };
}

/** Stands for an @ that was written with a backslash, and mentions nobody; a character that no text has. */
const ESCAPED = '\uE000';

/** @param {(token: object, state: object, inLink: boolean) => object[]} change of each piece of running text */
function eachText(state, change) {
  for (const block of state.tokens.filter(({ children }) => children)) {
    let links = 0;
    block.children = block.children.flatMap((token) => {
      links += { link_open: 1, link_close: -1 }[token.type] ?? 0;
      return token.type.startsWith('text') ? change(token, state, links > 0) : [token];
    });
  }
}

function markEscaped(token) {
  if (token.type === 'text_special' && token.content === '@') {
    token.content = ESCAPED;
  }
  return [token];
}

function splitMentions(token, { Token }, inLink) {
  const piece = (type, content) => Object.assign(new Token(type, '', 0), { content: content.replaceAll(ESCAPED, '@') });
  return inLink
    ? [piece('text', token.content)]
    : pieces(token.content).map(({ text, mention }) => piece(mention ? 'mention' : 'text', text));
}

/** Alignment as a class, since the policy forbids styles in the page; links open elsewhere and tell nothing of here. */
function quieten(token) {
  const align = /text-align:(\w+)/.exec(token.attrGet('style') ?? '');
  if (align) {
    token.attrs = token.attrs.filter(([name]) => name !== 'style');
    token.attrJoin('class', `align-${align[1]}`);
  }
  for (const child of token.children ?? []) {
    if (child.type === 'link_open') {
      child.attrSet('target', '_blank');
      child.attrSet('rel', 'noopener noreferrer nofollow');
    }
  }
}

function pictureLink(parser, token) {
  const escape = parser.utils.escapeHtml;
  const address = token.attrGet('src') ?? '';
  return `<a href="${escape(address)}" target="_blank" rel="noopener noreferrer nofollow">${escape(token.content || address)}</a>`;
}

function plain(source) {
  const fragment = document.createDocumentFragment();
  const paragraph = document.createElement('p');
  paragraph.textContent = source;
  fragment.append(paragraph);
  return fragment;
}
