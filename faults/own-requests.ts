import type { TargetResponse } from '../conformance/target/exchange.js';
import type { Json, JsonObject } from '../contract/contract.js';
import { isObject } from '../contract/pointer.js';
import { answers, at, PREFIX, succeeded } from './breaks.js';
import type { Break, Gateway, Passing } from './fault.js';
import { jsonAnswer } from './gateway.js';

/** Faults that need requests of their own: to see, change or keep what the server holds. */

/** Sends a request with a token with all scopes. The path is below the API's path. */
export async function own(gateway: Gateway, method: string, path: string, body?: Json): Promise<TargetResponse> {
  const authorization = await gateway.fullAuthorization();
  return gateway.send({
    method,
    path: `${PREFIX}${path}`,
    headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** The path below the API's path, without its query. */
export const below = ({ route }: Passing): string => route.slice(PREFIX.length);

/** One segment of the path below the API's path, counted from 0, as it was sent. */
export const segment = (request: Passing, index: number): string => below(request).split('/')[index + 1] ?? '';

/** The list of an answer: the answer itself, or the first list inside of it. */
export function listOf({ json }: TargetResponse): readonly Json[] {
  if (Array.isArray(json)) return json;
  const list = isObject(json) ? Object.values(json).find((value) => Array.isArray(value)) : undefined;
  return Array.isArray(list) ? list : [];
}

/** The same answer with another list. */
export function withList(answer: TargetResponse, list: readonly Json[]): TargetResponse {
  const { json } = answer;
  if (!isObject(json)) return jsonAnswer(answer, list);
  const name = Object.keys(json).find((key) => Array.isArray(json[key]));
  return name === undefined ? answer : jsonAnswer(answer, { ...json, [name]: list });
}

/** Does something else after a request that succeeded. */
export function also(
  route: string,
  effect: (request: Passing, gateway: Gateway, answer: TargetResponse) => unknown,
): Break {
  return answers(route, succeeded, async (answer, request, gateway) => {
    await effect(request, gateway, answer);
    return answer;
  });
}

/** Reads something before a request, and does something with it after a request that succeeded. */
export function around<T>(
  route: string,
  before: (request: Passing, gateway: Gateway) => Promise<T>,
  after: (seen: T, request: Passing, gateway: Gateway, answer: TargetResponse) => unknown,
): Break {
  return at(route, async (request, gateway) => {
    const seen = await before(request, gateway);
    const answer = await gateway.send(request);
    if (succeeded(answer, request)) await after(seen, request, gateway, answer);
    return answer;
  });
}

/** Breaks of several routes in one server: the first one whose route fits answers. */
export function each(...breaks: readonly (readonly [route: string, breaks: Break])[]): Break {
  return (request, gateway) => {
    const fitting = breaks.find(([route]) => fits(route, request));
    return fitting === undefined ? gateway.send(request) : fitting[1](request, gateway);
  };
}

function fits(route: string, request: Passing): boolean {
  const [method = '', pattern = ''] = route.split(' ');
  return (
    request.method === method && new RegExp(`^${PREFIX}${pattern.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(request.route)
  );
}

/** The list in a body of ids, and the name of its property. */
export function sentList({ json }: Passing): readonly [name: string, list: readonly Json[]] {
  const found = Object.entries(isObject(json) ? json : {}).find(([, value]) => Array.isArray(value));
  return found === undefined ? ['', []] : [found[0], found[1] as readonly Json[]];
}

/**
 * A listing that still shows what the deletion of something else should have removed. `gone` says of an entry whether
 * it names what was deleted.
 */
export function outlives(
  deletion: string,
  listing: string,
  gone: (entry: JsonObject, deleted: string, listed: Passing) => boolean,
): Break {
  const deleted = (gateway: Gateway) => remembered<string[]>(gateway, 'deleted', () => []);
  return each(
    [
      deletion,
      also(deletion, (request, gateway) =>
        deleted(gateway).push(decodeURIComponent(request.route.split('/').at(-1) ?? '')),
      ),
    ],
    [
      listing,
      answers(listing, succeeded, (answer, request, gateway) => {
        const kept = remembered(gateway, 'kept', () => new Map<string, Json[]>());
        const list = listOf(answer);
        const texts = list.map((entry) => JSON.stringify(entry));
        const lost = (kept.get(request.path) ?? []).filter(
          (entry) =>
            !texts.includes(JSON.stringify(entry)) &&
            isObject(entry) &&
            deleted(gateway).some((id) => gone(entry, id, request)),
        );
        kept.set(request.path, [...list, ...lost]);
        return lost.length === 0 ? answer : withList(answer, [...list, ...lost]);
      }),
    ],
  );
}

/** What a fault remembers under a name. */
export function remembered<T>(gateway: Gateway, name: string, initial: () => T): T {
  if (!gateway.memory.has(name)) gateway.memory.set(name, initial());
  return gateway.memory.get(name) as T;
}

/** Changes the query of requests. */
export function queries(route: string, change: (query: URLSearchParams, request: Passing) => void): Break {
  return at(route, (request, gateway) => {
    const query = new URLSearchParams(request.query);
    change(query, request);
    const text = query.toString();
    return gateway.send({ ...request, path: text === '' ? request.route : `${request.route}?${text}` });
  });
}
