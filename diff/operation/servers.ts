import type { Contract, Json, JsonObject, Operation, Pointer } from '../../contract/contract.js';
import { getPointer, isObject, joinPointer } from '../../contract/pointer.js';
import { serverUrl } from '../../contract/read/server-url.js';
import { type Finding, finding } from '../change.js';
import { changed } from '../report/wording.js';

/** An address as the document writes it, without a slash at the end: nothing is sent to the address itself. */
interface Server {
  readonly url: string;
  /** Name → default, of the variables. */
  readonly defaults: ReadonlyMap<string, Json>;
  /** With its variables filled. */
  readonly filled: string;
  readonly pointer: Pointer;
}

/** Compares the addresses under which the whole contract is offered. */
export function compareServers(before: Contract, after: Contract): readonly Finding[] {
  const old = byUrl(serversAt(before.document, ''));
  const now = byUrl(serversAt(after.document, ''));
  return [
    ...[...old.values()].flatMap((server) => {
      const partner = now.get(server.url);
      if (partner !== undefined) return compareDefaults(server, partner);
      return [finding('server-removed', server.pointer, `the server ${server.url} is gone`, { from: server.url })];
    }),
    ...[...now.values()].flatMap(({ url, pointer }) =>
      old.has(url) ? [] : [finding('server-added', pointer, `the server ${url} is new`, { to: url })],
    ),
  ];
}

function compareDefaults(old: Server, now: Server): readonly Finding[] {
  return [...now.defaults].flatMap(([name, to]) => {
    const from = old.defaults.get(name);
    const pointer = joinPointer(now.pointer, 'variables', name, 'default');
    const what = changed(`default of "${name}" in the server ${now.url}`, from, to);
    return from === to ? [] : [finding('server-default-changed', pointer, what, { from, to })];
  });
}

/** Compares the addresses of an operation where it, or its path, has some of its own in either contract. */
export function compareOwnServers(
  { before: old, after: now }: { readonly before: Contract; readonly after: Contract },
  before: Operation,
  after: Operation,
): readonly Finding[] {
  const places = [ownPlace(old, before), ownPlace(now, after)];
  if (places.every((place) => place === '')) return [];
  const [from, to] = [serversAt(old.document, places[0] ?? ''), serversAt(now.document, places[1] ?? '')];
  const has = (servers: readonly Server[], { filled }: Server): boolean =>
    servers.some((server) => server.filled === filled);
  return [
    ...from
      .filter((server) => !has(to, server))
      .map(({ url, pointer }) =>
        finding('operation-server-removed', pointer, `the operation is not at ${url} any more`, { from: url }),
      ),
    ...to
      .filter((server) => !has(from, server))
      .map(({ url, pointer }) =>
        finding('operation-server-added', pointer, `the operation is at ${url} too`, { to: url }),
      ),
  ];
}

/** What has the servers of an operation: itself, its path, or the document. */
function ownPlace({ document }: Contract, { pointer }: Operation): Pointer {
  const item = pointer.slice(0, pointer.lastIndexOf('/'));
  return [pointer, item].find((place) => Array.isArray(getPointer(document, `${place}/servers`))) ?? '';
}

function serversAt(document: JsonObject, place: Pointer): readonly Server[] {
  const list = getPointer(document, `${place}/servers`);
  // A document without servers is at the address that it was read from.
  if (!Array.isArray(list)) return place === '' ? [] : serversAt(document, '');
  return list.flatMap((server: Json, index) => {
    if (!isObject(server) || typeof server.url !== 'string') return [];
    const address = serverUrl(server);
    const filled = 'url' in address ? address.url.href : server.url;
    return [
      {
        url: bare(server.url),
        defaults: defaultsOf(server),
        filled: bare(filled),
        pointer: joinPointer(place, 'servers', index),
      },
    ];
  });
}

function defaultsOf({ variables }: JsonObject): ReadonlyMap<string, Json> {
  const entries = isObject(variables) ? Object.entries(variables) : [];
  return new Map(
    entries.flatMap(([name, variable]): [string, Json][] =>
      isObject(variable) && variable.default !== undefined ? [[name, variable.default]] : [],
    ),
  );
}

function bare(url: string): string {
  return url.length > 1 ? url.replace(/\/+$/, '') : url;
}

function byUrl(servers: readonly Server[]): ReadonlyMap<string, Server> {
  return new Map(servers.map((server) => [server.url, server]));
}
