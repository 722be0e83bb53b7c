import { locked, session, setSession, token } from '../state/session.js';

/** Where the tickets and the node's own endpoints are, relative to this page: a proxy may put anything in front. */
const TICKETS = new URL(document.querySelector('meta[name="ticketmesh-tickets"]').content, document.baseURI);
const SYSTEM = new URL('.', document.baseURI);

const TRIES = 4;
const PAUSE_MILLIS = [300, 1000, 2500];

/** What the servers said last of what they hold: sent along, it lets any other one wait until it holds as much. */
let seen = null;

/** An answer that is none: a problem of RFC 9457, or no answer at all (status 0). */
export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? body?.title ?? '');
    this.status = status;
    this.code = body?.code ?? (status === 0 ? 'unreachable' : 'internal');
    this.body = body ?? {};
  }
}

export const ticketsUrl = (path = '') => TICKETS.href.replace(/\/$/, '') + path;
export const systemUrl = (path) => new URL(path, SYSTEM).href;

/** Random and long enough that no two writes have the same. Not randomUUID, which browsers withhold from plain HTTP. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The headers that every request carries, the stream of events too. */
export function commonHeaders() {
  const secret = token();
  return secret ? { Authorization: `Bearer ${secret}` } : {};
}

/**
 * Carries a request out. A write has one key for all its tries, so that repeating it when an answer was lost cannot double it.
 *
 * @returns {Promise<{body: any}>} the body is null when there is none
 * @throws {Problem}
 */
export async function call(method, url, { body, accept = 'application/json', ifMatch, ifNoneMatch, signal } = {}) {
  const keyed = method === 'POST' || method === 'PATCH';
  const headers = { Accept: accept };
  if (body !== undefined) {
    headers['Content-Type'] = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  }
  if (keyed) {
    headers['Idempotency-Key'] = newKey();
  }
  if (ifMatch) {
    headers['If-Match'] = ifMatch;
  }
  if (ifNoneMatch) {
    headers['If-None-Match'] = ifNoneMatch;
  }
  const request = { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) };
  for (let tries = 1; ; tries++) {
    try {
      return await attempt(url, request);
    } catch (problem) {
      if (problem instanceof Problem && tries < TRIES && (await worthAnother(problem, tries))) {
        continue;
      }
      throw problem;
    }
  }
}

/**
 * Sends a file as it is and tells how far it has come, which fetch cannot. It is tried once: whoever sent it sees how it ended.
 *
 * @param {(part: number) => void} progress from 0 to 1
 * @returns {Promise<any>} the body of the answer
 * @throws {Problem}
 */
export function upload(url, file, { progress, signal, type = file.type || 'application/octet-stream' }) {
  const request = new XMLHttpRequest();
  request.open('POST', url);
  const csrf = session.value.csrf;
  const headers = {
    Accept: 'application/json',
    'Content-Type': type,
    'Idempotency-Key': newKey(),
    ...commonHeaders(),
    ...(csrf ? { [csrf.header]: csrf.token } : {}),
  };
  Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
  request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
  signal.addEventListener('abort', () => request.abort());
  return new Promise((resolve, reject) => {
    request.onload = () => {
      seen = request.getResponseHeader('TicketMesh-Version') ?? seen;
      const body = parse(request.responseText);
      const taken = request.status === 200 || request.status === 201;
      taken && body ? resolve(body) : reject(new Problem(request.status, body));
    };
    request.onerror = () => reject(new Problem(0, null));
    request.onabort = () => reject(new DOMException('', 'AbortError'));
    request.send(file);
  });
}

/** A file as an object, for those who must send a token for it. */
export async function download(url) {
  const answer = await send(url, { method: 'GET', headers: {} });
  if (!answer.ok) {
    lockIfTokenIsWanted(answer);
    throw new Problem(answer.status, parse(await answer.text()));
  }
  return answer.blob();
}

async function worthAnother(problem, tries) {
  if (problem.status === 403 && problem.code !== 'cross-site' && tries === 1) {
    return renewSession();
  }
  const passing = problem.status === 0 || problem.status === 502 || (problem.status === 503 && problem.retryable);
  if (passing) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS[tries - 1]));
  }
  return passing;
}

async function attempt(url, request) {
  const answer = await send(url, request);
  const version = answer.headers.get('TicketMesh-Version');
  if (version) {
    seen = version;
  }
  const text = await answer.text().catch((failure) => {
    throw failure.name === 'AbortError' ? failure : new Problem(0, null);
  });
  const body = parse(text);
  if (!answer.ok) {
    lockIfTokenIsWanted(answer);
    const problem = new Problem(answer.status, body);
    problem.retryable = answer.headers.has('Retry-After') && problem.code !== 'read-only';
    throw problem;
  }
  if (text && body === null) {
    throw new Problem(401, { code: 'unauthenticated' }); // the page where one signs in, after a redirection
  }
  return { body };
}

async function send(url, request) {
  const writes = request.method !== 'GET' && request.method !== 'HEAD';
  const csrf = writes ? session.value.csrf : null;
  const headers = { ...request.headers, ...commonHeaders() };
  if (seen) {
    headers['TicketMesh-Version'] = seen;
  }
  if (csrf) {
    headers[csrf.header] = csrf.token;
  }
  try {
    return await fetch(url, { ...request, headers, credentials: 'same-origin', cache: 'no-cache' });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new Problem(0, null);
  }
}

/** Only our own gate wants a token; where the application has its own way to sign in, asking for one would be wrong. */
export function lockIfTokenIsWanted(answer) {
  if (answer.status === 401 && /^Bearer realm="ticketmesh"/.test(answer.headers.get('WWW-Authenticate') ?? '')) {
    locked.value = true;
  }
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** Asks who we are; a server that does not tell leaves us unknown. @returns whether there is another token now */
export async function renewSession() {
  const before = session.value.csrf?.token;
  try {
    const answer = await attempt(systemUrl('session'), { method: 'GET', headers: { Accept: 'application/json' } });
    setSession(answer.body);
  } catch {
    setSession({});
  }
  return session.value.csrf?.token !== before;
}
