import type { Contract, Json, Operation } from '../../contract/contract.js';
import type { Exchange } from './exchange.js';
import type { PlannedRequest } from './request.js';
import { parseJson } from './target.js';

type Send = (request: PlannedRequest, authorization: string | undefined) => Promise<Exchange>;

/**
 * A `fetch` for a client that builds its own requests: they are sent like all others. Method and path determine the
 * operation.
 */
export function targetFetch(baseUrl: string, contract: Contract, send: Send): typeof globalThis.fetch {
  const root = new URL(baseUrl).origin;
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.origin !== root) throw new TypeError(`Only requests to ${root} are allowed, not to ${url.origin}.`);
    const headers: Record<string, string> = {};
    request.headers.forEach((value, name) => {
      if (name !== 'authorization') headers[name] = value;
    });
    const body = request.body === null ? undefined : await request.text();
    const operation = operationFor(contract, request.method, url.pathname);
    const { response } = await send(
      {
        method: request.method,
        path: url.pathname + url.search,
        headers,
        ...(body === undefined ? {} : { body }),
        ...(operation === undefined
          ? {}
          : {
              operation,
              values: { path: pathValues(operation, url.pathname), query: {}, header: {}, ...jsonBody(body) },
            }),
      },
      request.headers.get('authorization') ?? undefined,
    );
    const empty = response.text === '' || response.status === 204 || response.status === 304;
    return new Response(empty ? null : response.text, { status: response.status, headers: response.headers });
  };
}

/** The body as a value, by which the effect tracker recognises what a request creates. */
function jsonBody(body: string | undefined): { readonly body?: Json } {
  const { json } = parseJson(body ?? '');
  return json === undefined ? {} : { body: json };
}

function operationFor(contract: Contract, method: string, path: string): Operation | undefined {
  const candidates = contract.operations.filter(
    (operation) => operation.method === method && routeOf(operation).pattern.test(path),
  );
  // The one with fewest parameters: `/a/name/{name}` before `/a/{id}/{part}`.
  return candidates.sort((one, other) => one.route.split('{').length - other.route.split('{').length)[0];
}

function pathValues(operation: Operation, path: string): Record<string, string> {
  const { pattern, names } = routeOf(operation);
  const values = pattern.exec(path)?.slice(1) ?? [];
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]));
}

/** What paths of a route look like, and the parameters in them. */
interface RoutePattern {
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

/** Every request is compared with all operations. */
const knownRoutes = new WeakMap<Operation, RoutePattern>();

function routeOf(operation: Operation): RoutePattern {
  const known = knownRoutes.get(operation) ?? readRoute(operation.route);
  knownRoutes.set(operation, known);
  return known;
}

function readRoute(route: string): RoutePattern {
  const parts = route.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const names = [...route.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '');
  return { pattern: new RegExp(`^${parts.join('([^/]*)')}$`), names };
}
