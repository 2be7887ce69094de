import type { TargetResponse } from '../conformance/target/exchange.js';
import type { HttpRequest } from '../conformance/target/target.js';
import type { Json, JsonObject } from '../contract/contract.js';
import { isObject } from '../contract/pointer.js';
import type { Break, Gateway, Passing } from './fault.js';
import { jsonAnswer } from './gateway.js';

/** The few ways in which most faults are planted. A route is `GET /users/{id}`, below the API's path. */

export const PREFIX = '/api/v2';

/** Breaks requests of one route; all others pass. */
export function at(route: string, breaks: Break): Break {
  const [method = '', pattern = ''] = route.split(' ');
  const path = new RegExp(`^${PREFIX}${pattern.replace(/\{[^}]+\}/g, '[^/]+')}$`);
  return (request, gateway) =>
    request.method === method && path.test(request.route) ? breaks(request, gateway) : gateway.send(request);
}

type Condition = (answer: TargetResponse, request: Passing) => boolean;

export const succeeded: Condition = ({ status }) => status < 300;
export const refused: Condition = ({ status }) => status >= 400;
export const withStatus =
  (wanted: number): Condition =>
  ({ status }) =>
    status === wanted;

/** Changes some answers. */
export function answers(
  route: string,
  when: Condition,
  change: (answer: TargetResponse, request: Passing, gateway: Gateway) => TargetResponse | Promise<TargetResponse>,
): Break {
  return at(route, async (request, gateway) => {
    const answer = await gateway.send(request);
    return when(answer, request) ? change(answer, request, gateway) : answer;
  });
}

/** Answers another status, with a body if one is given. */
export function status(route: string, when: Condition, to: number, body?: Json): Break {
  return answers(route, when, (answer) => {
    const changed = { ...answer, status: to };
    if (body === undefined) return changed;
    return jsonAnswer({ ...changed, headers: { ...answer.headers, 'content-type': 'application/json' } }, body);
  });
}

/** Changes the object, or each entry of the list, in the bodies of successes. */
export function entries(route: string, change: (entry: JsonObject) => JsonObject): Break {
  return answers(route, succeeded, (answer) => jsonAnswer(answer, changeEntries(answer.json ?? null, change)));
}

function changeEntries(json: Json, change: (entry: JsonObject) => JsonObject): Json {
  if (Array.isArray(json)) return json.map((entry: Json) => (isObject(entry) ? change(entry) : entry));
  if (!isObject(json)) return json;
  const [list] = Object.entries(json).filter(([, value]) => Array.isArray(value));
  if (list === undefined || 'identities' in json || 'scopes' in json) return change(json);
  return { ...json, [list[0]]: changeEntries(list[1], change) };
}

/** Changes the list in the bodies of successes. */
export function lists(
  route: string,
  change: (list: readonly Json[], request: Passing, gateway: Gateway) => readonly Json[],
  when: Condition = succeeded,
): Break {
  return answers(
    route,
    (answer, request) => succeeded(answer, request) && when(answer, request),
    (answer, request, gateway) => {
      const { json = null } = answer;
      if (Array.isArray(json)) return jsonAnswer(answer, change(json, request, gateway));
      if (!isObject(json)) return answer;
      const [list] = Object.entries(json).filter(([, value]) => Array.isArray(value));
      if (list === undefined) return answer;
      return jsonAnswer(answer, { ...json, [list[0]]: change(list[1] as readonly Json[], request, gateway) });
    },
  );
}

/** Changes one number beside a list, such as its total. */
export function totals(route: string, name: string, change: (value: number, request: Passing) => number): Break {
  return answers(route, succeeded, (answer, request) => {
    const { json } = answer;
    if (!isObject(json) || typeof json[name] !== 'number') return answer;
    return jsonAnswer(answer, { ...json, [name]: change(json[name], request) });
  });
}

/** Changes bodies before they are passed on. */
export function bodies(route: string, change: (body: JsonObject) => JsonObject): Break {
  return at(route, (request, gateway) =>
    isObject(request.json)
      ? gateway.send({ ...request, body: JSON.stringify(change(request.json)) })
      : gateway.send(request),
  );
}

/** Where the server refuses a request, sends a repaired one instead: so the faulty one is accepted. */
export function accepts(
  route: string,
  isFaulty: (request: Passing) => boolean,
  repaired: (request: Passing) => HttpRequest,
): Break {
  return answers(route, refused, (answer, request, gateway) =>
    answer.status === 400 && isFaulty(request) ? gateway.send(repaired(request)) : answer,
  );
}

/** The same for bodies: repairs the JSON. */
export function acceptsBody(
  route: string,
  isFaulty: (body: Json | undefined) => boolean,
  repaired: (body: JsonObject) => JsonObject,
): Break {
  return accepts(
    route,
    ({ json }) => isFaulty(json),
    (request) => ({
      ...request,
      headers: { ...request.headers, 'content-type': 'application/json' },
      body: JSON.stringify(repaired(isObject(request.json) ? request.json : {})),
    }),
  );
}

/** The same for queries. */
export function acceptsQuery(
  route: string,
  name: string,
  isFaulty: (value: string) => boolean,
  repaired: string,
): Break {
  return accepts(
    route,
    ({ query }) => query.has(name) && isFaulty(query.get(name) ?? ''),
    (request) => {
      const query = new URLSearchParams(request.query);
      query.set(name, repaired);
      return { ...request, path: `${request.route}?${query}` };
    },
  );
}

/** Accepts tokens that the server refuses. */
export function acceptsToken(route: string, isAccepted: (token: Token) => boolean): Break {
  return answers(route, refused, async (answer, request, gateway) => {
    if (![400, 401, 403].includes(answer.status) || !isAccepted(tokenOf(request))) return answer;
    const authorization = await gateway.fullAuthorization();
    return gateway.send({ ...request, headers: { ...request.headers, authorization } });
  });
}

/** What a token says, without verifying it. */
export interface Token {
  /** The Authorization header; absent: none. */
  readonly header: string | undefined;
  readonly alg: string | undefined;
  readonly scopes: readonly string[];
  readonly claims: Readonly<Record<string, unknown>>;
}

function tokenOf({ headers }: Passing): Token {
  const header = headers.authorization;
  const [head, claims] = (header ?? '')
    .replace(/^Bearer /, '')
    .split('.')
    .map(decoded);
  const scope = claims?.scope;
  return {
    header,
    alg: typeof head?.alg === 'string' ? head.alg : undefined,
    scopes: typeof scope === 'string' ? scope.split(' ') : [],
    claims: claims ?? {},
  };
}

function decoded(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Accepts valid tokens although they lack the scopes that the operation requires. */
export function acceptsScope(route: string, isAccepted: (scopes: readonly string[]) => boolean = () => true): Break {
  return answers(route, withStatus(403), async (answer, request, gateway) => {
    if (!isAccepted(tokenOf(request).scopes)) return answer;
    const authorization = await gateway.fullAuthorization();
    return gateway.send({ ...request, headers: { ...request.headers, authorization } });
  });
}

/** Demands a scope more than documented. */
export function demandsScope(route: string, scope: string): Break {
  return at(route, async (request, gateway) => {
    const answer = await gateway.send(request);
    if (answer.status >= 300 || tokenOf(request).scopes.includes(scope)) return answer;
    const body = {
      statusCode: 403,
      error: 'Forbidden',
      message: 'Insufficient scope',
      errorCode: 'insufficient_scope',
    };
    return jsonAnswer(
      { ...answer, status: 403, headers: { ...answer.headers, 'content-type': 'application/json; charset=utf-8' } },
      body,
    );
  });
}

/** Undoes what a request did, by another request right after it; the answer says that it is done. */
export function undoes(route: string, inverse: (request: Passing) => HttpRequest): Break {
  return answers(route, succeeded, async (answer, request, gateway) => {
    const authorization = await gateway.fullAuthorization();
    const undo = inverse(request);
    await gateway.send({ ...undo, headers: { ...undo.headers, authorization } });
    return answer;
  });
}

/** Answers deletions of existing resources as done, and keeps the resource. */
export function keepsDeleted(route: string, success: number, body?: Json): Break {
  return at(route, async (request, gateway) => {
    const authorization = await gateway.fullAuthorization();
    const { body: _body, ...read } = { ...request, method: 'GET', headers: { authorization } };
    const known = await gateway.send(read);
    // The same token with an id that names nothing: whatever is wrong with the request is still refused.
    const probe = await gateway.send({ ...request, path: request.path.replace(/[^/]{6}$/, '000000') });
    if (known.status !== 200 || probe.status === 401 || probe.status === 403 || probe.status === 400)
      return gateway.send(request);
    return done(success, body);
  });
}

function done(status: number, body?: Json): TargetResponse {
  if (body === undefined) return { status, headers: {}, text: '' };
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    text: JSON.stringify(body),
    json: body,
  };
}

/** Breaks one request in so many. */
export function oneIn(count: number, route: string, breaks: Break): Break {
  return at(route, (request, gateway) => {
    const seen = Number(gateway.memory.get('seen') ?? 0) + 1;
    gateway.memory.set('seen', seen);
    return seen % count === 0 ? breaks(request, gateway) : gateway.send(request);
  });
}

/** Reads are answered from a cache for so many requests, whatever was written meanwhile. */
export function cachedFor(reads: number, route: string): Break {
  return at(route, async (request, gateway) => {
    const key = `${request.path} ${request.headers.authorization ?? ''}`;
    const known = gateway.memory.get(key) as { answer: TargetResponse; left: number } | undefined;
    if (known !== undefined && known.left > 0) {
      known.left -= 1;
      return known.answer;
    }
    const answer = await gateway.send(request);
    if (answer.status === 200) gateway.memory.set(key, { answer, left: reads });
    return answer;
  });
}

/** While another request of the route is under way, one is answered without being done. */
export function losesParallel(route: string, success: number): Break {
  return at(route, async (request, gateway) => {
    const open = Number(gateway.memory.get('open') ?? 0);
    gateway.memory.set('open', open + 1);
    try {
      // The write is not yet visible to others: as with read-modify-write without a lock.
      await new Promise((resolve) => setImmediate(resolve));
      return open > 0 ? done(success) : await gateway.send(request);
    } finally {
      gateway.memory.set('open', Number(gateway.memory.get('open')) - 1);
    }
  });
}
