import { html, nothing } from '../vendor/lit.js';
import { call, systemUrl } from '../api/http.js';
import { readDigest } from '../api/node.js';
import { PageElement } from '../parts/element.js';
import { icons } from '../parts/icons.js';
import { sure } from '../parts/dialogs.js';
import { bones, empty, failed } from '../parts/states.js';
import { duration, number, time } from '../parts/times.js';
import { complain } from '../parts/toasts.js';
import { loadMesh, mesh } from '../state/mesh.js';
import { Watch } from '../state/signal.js';
import { text } from '../texts.js';
import { picture } from './mesh-picture.js';

/** The mesh as this node sees it, looked at anew every two seconds while somebody looks at the page. */
const AGAIN_MILLIS = 2000;

class MeshPage extends PageElement {
  static state = () => ({ problem: null, digest: null });

  watch = new Watch(this, mesh);

  connectedCallback() {
    super.connectedCallback();
    this.request = new AbortController();
    this.#look(this.request.signal);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.request.abort();
    clearTimeout(this.timer);
  }

  async #look(signal) {
    try {
      if (!document.hidden) {
        await loadMesh(signal);
        this.problem = null;
        this.#readDigest(signal);
      }
    } catch (problem) {
      if (problem.name === 'AbortError') {
        return;
      }
      this.problem = problem;
    }
    this.timer = setTimeout(() => this.#look(signal), AGAIN_MILLIS);
  }

  /** Only when this node holds something else than at the last time: it is computed over all tickets. */
  async #readDigest(signal) {
    const version = JSON.stringify(mesh.value.version);
    if (version !== this.digestOf) {
      this.digestOf = version;
      this.digest = (await readDigest(signal).catch(() => null))?.digest ?? null;
    }
  }

  async #retire(member) {
    if (await sure(text.retireSure(member.name), text.retireHint, text.retire)) {
      try {
        await call('DELETE', systemUrl(`mesh/members/${member.id}`), {});
        await loadMesh();
      } catch (problem) {
        complain(problem);
      }
    }
  }

  render() {
    return html`<header class="bar"><h1>${text.mesh} <span class="aside">${text.meshHint}</span></h1></header>
      <div class="scroll"><div class="mesh">${this.#body()}</div></div>`;
  }

  #body() {
    if (!mesh.value) {
      return this.problem ? failed(text.meshFailed, this.problem, () => this.#look(this.request.signal)) : bones(6);
    }
    const { members, node, network } = mesh.value;
    const alone = members.length === 1 && network.kind === 'memory';
    return html`${this.problem ? html`<p class="banner" role="status">${icons.warning}<span>${text.lostNotice}</span></p>` : nothing}
      <section class="panel drawn" aria-label=${text.mesh}>${alone ? empty(icons.mesh, text.meshAlone, text.meshAloneHint) : picture(members)}</section>
      ${this.#facts(mesh.value)}
      ${this.#members(members)}
      <div class="two">${this.#registry(mesh.value.registry)}${this.#events(mesh.value.movements ?? [])}</div>
      <p class="hint">${node.name} · ${node.id} · ${network.kind === 'memory' ? text.noNetwork : `${network.kind} ${network.address ?? ''}:${network.port}`}</p>`;
  }

  #facts({ members, catchingUp, lastCatchUp, version, network }) {
    const behind = members.filter((member) => !member.self && (member.behind > 0 || member.ahead > 0)).length;
    const operations = Object.values(version).reduce((sum, sequence) => sum + sequence, 0);
    const fact = (name, value, hint) =>
      html`<div class="fact"><dt>${name}</dt><dd>${value}${hint ? html`<span class="hint">${hint}</span>` : nothing}</dd></div>`;
    return html`<dl class="facts">
      ${fact(text.state, catchingUp ? text.catchingUp : behind ? text.spreading : text.inStep)}
      ${fact(text.operationsHeld, number(operations))}
      ${fact(text.lastCatchUp, lastCatchUp ? duration(lastCatchUp.tookMillis) : '–')}
      ${fact(text.digest, this.digest ? html`<code title=${this.digest}>${this.digest.slice(0, 12)}</code>` : '–', text.digestHint)}
      ${network.packetsRejected ? fact(text.network, text.rejected(network.packetsRejected)) : nothing}</dl>`;
  }

  #members(members) {
    return html`<section class="panel"><h2>${text.members}</h2><div class="table-frame" tabindex="0" role="region" aria-label=${text.members}><table>
      <thead><tr><th scope="col">${text.node}</th><th scope="col">${text.state}</th><th scope="col">${text.content}</th><th scope="col">${text.drift}</th><th scope="col">${text.heard}</th><th scope="col">${text.wire}</th><th><span class="unseen">${text.retire}</span></th></tr></thead>
      <tbody>${members.map(
        (member) => html`<tr>
        <th scope="row"><span class="name">${member.name}</span> <span class="hint">${member.id.slice(0, 8)}</span></th>
        <td><span class="dot ${toneOf(member)}"></span>${stateText(member)}</td>
        <td>${contentText(member)}</td>
        <td class="number">${member.self || member.driftMillis === undefined ? '–' : `${member.driftMillis > 0 ? '+' : ''}${duration(member.driftMillis)}`}</td>
        <td class="number">${member.self ? '–' : member.silentMillis === undefined ? (member.heardAt ? time(member.heardAt) : '–') : `${duration(member.silentMillis)}`}</td>
        <td class="number">${member.wire ?? '–'}</td>
        <td>${!member.self && member.active && !member.reachable ? html`<button class="button small" @click=${() => this.#retire(member)}>${text.retire}</button>` : nothing}</td></tr>`,
      )}</tbody></table></div></section>`;
  }

  #registry(registry) {
    return html`<section class="panel"><h2>${text.registry}</h2>${
      registry
        ? html`<p class="hint">${registry.address}:${registry.port}</p><ul class="entries">${registry.listed.map(
            (entry) => html`<li>
      <span class="dot ${entry.late || entry.state === 'draining' ? 'lost-still' : 'live'}"></span><span class="name">${entry.http ?? entry.id.slice(0, 8)}</span>
      <span class="hint">${[text.registryState[entry.state], entry.zone, entry.late ? text.late : ''].filter(Boolean).join(' · ')}</span></li>`,
          )}</ul>`
        : html`<p class="hint">${text.registryNone}</p>`
    }</section>`;
  }

  #events(events) {
    const words = { joined: text.joined, returned: text.returned, lost: text.lostNode, left: text.leftNode };
    return html`<section class="panel"><h2>${text.events}</h2>${
      events.length
        ? html`<ol class="entries">${[...events].reverse().map(
            (event) => html`<li>
      <span class="dot ${event.kind === 'lost' || event.kind === 'left' ? 'lost-still' : 'live'}"></span><span class="name">${words[event.kind]?.(event.name) ?? event.kind}</span><span class="hint">${time(event.at)}</span></li>`,
          )}</ol>`
        : html`<p class="hint">${text.eventsNone}</p>`
    }</section>`;
  }
}

const toneOf = (member) => (member.self || member.reachable ? 'live' : member.active ? 'lost-still' : '');
const stateText = (member) =>
  member.self
    ? text.states.here
    : member.reachable
      ? text.states.reachable
      : member.active
        ? text.states.silent
        : text.states.retired;

function contentText(member) {
  if (member.self) {
    return '–';
  }
  if (member.origin === undefined) {
    return text.contents.unknown;
  }
  return (
    [member.behind ? text.contents.behind(member.behind) : '', member.ahead ? text.contents.ahead(member.ahead) : '']
      .filter(Boolean)
      .join(', ') || text.contents.equal
  );
}

customElements.define('tm-mesh', MeshPage);
