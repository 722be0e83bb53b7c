import { html, nothing, svg } from '../vendor/lit.js';
import { duration } from '../parts/times.js';
import { text } from '../texts.js';

/**
 * The mesh as a picture: this node at the left, the others around, a line to each that says how it stands with it. What only the others know of each
 * other is not drawn.
 */
const WIDTH = 720;
const HEIGHT = 270;
const RADIUS_X = 250;
const RADIUS_Y = 90;
const NAME_CHARS = 22;

/** Of more nodes than this the table tells. */
const MOST = 16;

export function picture(members) {
  const self = members.find((member) => member.self);
  const others = members.filter((member) => !member.self).slice(0, MOST);
  const count = others.length + 1;
  const home = placeOf(0, count);
  const places = others.map((member, index) => ({ member, home, ...placeOf(index + 1, count) }));
  return html`<svg class="picture" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${text.picture(members.length)}>
    ${places.map(link)}${places.map(({ member, x, y }) => node(member, x, y))}${node(self, home.x, home.y)}</svg>`;
}

/** The first stands at the left; one that is alone, in the middle. */
function placeOf(index, count) {
  if (count === 1) {
    return { x: WIDTH / 2, y: HEIGHT / 2 };
  }
  const angle = Math.PI + (2 * Math.PI * index) / count;
  return { x: WIDTH / 2 + RADIUS_X * Math.cos(angle), y: HEIGHT / 2 + RADIUS_Y * Math.sin(angle) };
}

function toneOf(member) {
  if (!member.reachable) {
    return member.active ? 'away' : 'out';
  }
  return member.behind || member.ahead ? 'lagging' : 'even';
}

function link({ member, home, x, y }) {
  const tone = toneOf(member);
  const middleX = (x + home.x) / 2;
  const middleY = (y + home.y) / 2;
  const words =
    tone === 'lagging'
      ? `${member.behind ? `−${member.behind}` : ''} ${member.ahead ? `+${member.ahead}` : ''}`.trim()
      : tone === 'away' && member.silentMillis !== undefined
        ? duration(member.silentMillis)
        : '';
  return svg`<line class="link-line ${tone}" x1=${home.x} y1=${home.y} x2=${x} y2=${y}/>
    ${tone === 'even' || tone === 'lagging' ? svg`<circle class="pulse ${tone}" r="3"><animateMotion dur="2.4s" repeatCount="indefinite" path="M${home.x} ${home.y}L${x} ${y}"/></circle>` : nothing}
    ${words ? svg`<text class="link-text" x=${middleX} y=${middleY - 8} text-anchor="middle">${words}</text>` : nothing}`;
}

function node(member, x, y) {
  const name = member.name.length > NAME_CHARS ? `${member.name.slice(0, NAME_CHARS - 1)}…` : member.name;
  return svg`<g class="node ${member.self ? 'self' : toneOf(member)}"><title>${member.name}</title>
    <circle cx=${x} cy=${y} r=${member.self ? 17 : 14}/><circle class="core" cx=${x} cy=${y} r=${member.self ? 6 : 5}/>
    <text x=${x} y=${y + 34} text-anchor="middle">${name}</text></g>`;
}
