import type { JsonObject } from '../../../contract/contract.js';
import { queryWithoutSecrets, withoutTokens } from '../../../contract/secrets/without-secrets.js';
import type { ControlledTenant } from '../controlled-tenant.js';
import { Monitor } from '../monitor.js';
import type { LoggedRequest } from '../request-log.js';
import type { ControlOperation } from './control-operation.js';

type Filter = (request: LoggedRequest) => boolean;

/** The query parameters that filter requests. */
const FILTERS: Readonly<Record<string, (wanted: string) => Filter>> = {
  operation: (wanted) => (request) => request.operation === wanted,
  method: (wanted) => (request) => request.method === wanted.toUpperCase(),
  client: (wanted) => (request) => request.client === wanted,
  status: (wanted) =>
    /xx$/i.test(wanted)
      ? ({ status }) => String(status).startsWith(wanted.slice(0, 1))
      : ({ status }) => status === Number(wanted),
  path: (wanted) => {
    const parts = wanted.split('*');
    return ({ path }) => hasParts(path, parts);
  },
};

export function requestOperations(tenant: ControlledTenant): Readonly<Record<string, ControlOperation>> {
  const { log, scopes } = tenant.monitor ?? new Monitor();
  return {
    'requests-list': async ({ query }) => {
      const filters = Object.entries(FILTERS).flatMap(([name, filter]) =>
        query[name] === undefined ? [] : [filter(String(query[name]))],
      );
      const found = (): readonly LoggedRequest[] =>
        log.list(Number(query.after), (request) => filters.every((matches) => matches(request)));
      await log.wait(() => found().length >= Number(query.count), Number(query.wait) * 1000);
      return { body: { requests: found().map(shown), last: log.last } };
    },
    'requests-clear': () => {
      log.clear();
      scopes.clear();
      return {};
    },
    'scopes-list': () => ({
      body: {
        clients: scopes.list().map(({ used, unused, lacked, ...client }) => ({
          ...client,
          used: [...used],
          unused: [...unused],
          lacked: lacked.map(({ operation, scopes: alternatives }) => ({
            operation,
            scopes: alternatives.map((each) => [...each]),
          })),
        })),
      },
    }),
  };
}

function shown({ at, query, path, reason, duration, operation, client, fault, ...request }: LoggedRequest): JsonObject {
  return {
    ...request,
    at: new Date(at).toISOString(),
    path: withoutTokens(path),
    query: queryWithoutSecrets(query),
    duration: Math.round(duration * 1000) / 1000,
    ...(operation === undefined ? {} : { operation }),
    ...(client === undefined ? {} : { client }),
    ...(reason === undefined ? {} : { reason: withoutTokens(reason) }),
    ...(fault === undefined ? {} : { fault }),
  };
}

/** Whether a text has these parts in this order, and nothing before the first and after the last. */
function hasParts(text: string, [first = '', ...rest]: readonly string[]): boolean {
  if (rest.length === 0) return text === first;
  if (!text.startsWith(first)) return false;
  const last = rest.at(-1) ?? '';
  let at = first.length;
  for (const part of rest.slice(0, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
