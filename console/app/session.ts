import type { ConsoleModel } from '../model/model.js';
import { ApiClient } from './client.js';
import { ControlClient } from './control.js';
import { followRequests } from './request-log.js';
import { createStore } from './store.js';

/** What the console is connected to. */
export interface Session {
  readonly model: ConsoleModel;
  readonly url: string;
  readonly api: ApiClient;
  /** Of the tenant that serves this page, unless it runs without. */
  readonly control: ControlClient | undefined;
}

/** The answer of the console's server to a page on the same machine. */
interface Granted {
  readonly url: string;
  readonly token: string;
  readonly secret: string;
  readonly controlToken?: string;
}

export type SessionState =
  | { readonly kind: 'starting' }
  /** There is no token yet: the page asks for a URL and a token. */
  | { readonly kind: 'disconnected'; readonly reason: string }
  | { readonly kind: 'connected'; readonly session: Session };

const BASE = '/_rolecall/console';

export const session = createStore<SessionState>({ kind: 'starting' });

/** Of the tenant whose requests the page follows. */
let following = new AbortController();

let model: ConsoleModel | undefined;
/** Proves to the console's server that a request comes from this page. */
let secret: string | undefined;

/** Connects to the tenant that serves this page. */
export async function start(): Promise<void> {
  model = (await (await fetch(`${BASE}/model.json`)).json()) as ConsoleModel;
  const granted = await grant();
  if (typeof granted === 'string') session.set({ kind: 'disconnected', reason: granted });
  else {
    const { controlToken } = granted;
    const control = controlToken === undefined ? undefined : new ControlClient('/_rolecall', controlToken);
    // The page's own origin reaches the tenant even if clients use another URL.
    open(location.origin, granted.url, refreshing(granted), control);
  }
}

/** Connects to another tenant. @returns what is wrong, or undefined */
export function connect(url: string, token: string): string | undefined {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    return 'Expected a URL such as https://travel0.eu.auth0.com.';
  if (token === '') return 'Expected an access token for the Management API.';
  open(new URL(url).origin, url, async () => token, undefined);
  return undefined;
}

function open(baseUrl: string, url: string, token: () => Promise<string>, control: ControlClient | undefined): void {
  if (model === undefined) return;
  following.abort();
  following = new AbortController();
  if (control !== undefined) void followRequests(control, following.signal);
  const api = new ApiClient(model, { baseUrl, token, send });
  session.set({ kind: 'connected', session: { model, url, api, control } });
}

/** The tenant refused the last token: it expired, or the tenant started anew. */
let isRejected = false;

/** Returns the granted token until it is refused, then another one. */
function refreshing(first: Granted): () => Promise<string> {
  let { token } = first;
  return async () => {
    const next = isRejected ? await grant() : undefined;
    isRejected = false;
    if (typeof next === 'object') token = next.token;
    return token;
  };
}

async function grant(): Promise<Granted | string> {
  const response = await fetch(`${BASE}/session`, { method: 'POST', headers: { 'x-rolecall-console': 'page' } });
  const answer = (await response.json()) as Granted | { readonly message: string };
  if ('message' in answer) return answer.message;
  secret = answer.secret;
  return answer;
}

/** Requests to other origins go through the console's server: browsers would refuse to send them. */
async function send(request: Request): Promise<Response> {
  if (new URL(request.url).origin === location.origin) {
    const response = await fetch(request);
    isRejected = response.status === 401;
    return response;
  }
  const headers = new Headers(request.headers);
  headers.set('x-rolecall-relay', request.url);
  headers.set('x-rolecall-console', secret ?? '');
  const body = request.body === null ? undefined : await request.text();
  return fetch(`${BASE}/relay`, { method: request.method, headers, ...(body === undefined ? {} : { body }) });
}
