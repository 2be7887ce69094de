import type { Contract, Json, JsonObject, Operation, Pointer } from '../../contract/contract.js';
import { getPointer, isObject, joinPointer } from '../../contract/pointer.js';
import { serverUrl } from '../../contract/read/server-url.js';
import { type Change, changeAt } from '../change.js';
import { describeChange } from '../report/wording.js';

/** A server URL without a trailing slash, which makes no difference to requests. */
interface Server {
  readonly url: string;
  /** Variable name → default. */
  readonly defaults: ReadonlyMap<string, Json>;
  /** The URL with default values for its variables. */
  readonly filled: string;
  readonly pointer: Pointer;
}

/** Compares the servers of the document. */
export function compareServers(before: Contract, after: Contract): readonly Change[] {
  const old = byUrl(serversAt(before.document, ''));
  const now = byUrl(serversAt(after.document, ''));
  return [
    ...[...old.values()].flatMap((server) => {
      const partner = now.get(server.url);
      if (partner !== undefined) return compareDefaults(server, partner);
      return [changeAt('server-removed', server.pointer, `server ${server.url} was removed`, { from: server.url })];
    }),
    ...[...now.values()].flatMap(({ url, pointer }) =>
      old.has(url) ? [] : [changeAt('server-added', pointer, `server ${url} was added`, { to: url })],
    ),
  ];
}

function compareDefaults(old: Server, now: Server): readonly Change[] {
  return [...now.defaults].flatMap(([name, to]) => {
    const from = old.defaults.get(name);
    const pointer = joinPointer(now.pointer, 'variables', name, 'default');
    const what = describeChange(`default of "${name}" in server ${now.url}`, from, to);
    return from === to ? [] : [changeAt('server-default-changed', pointer, what, { from, to })];
  });
}

/** Compares the servers of an operation where the operation or its path declares them in either contract. */
export function compareOwnServers(
  { before: old, after: now }: { readonly before: Contract; readonly after: Contract },
  before: Operation,
  after: Operation,
): readonly Change[] {
  const places = [ownPlace(old, before), ownPlace(now, after)];
  if (places.every((place) => place === '')) return [];
  const [from, to] = [serversAt(old.document, places[0] ?? ''), serversAt(now.document, places[1] ?? '')];
  const has = (servers: readonly Server[], { filled }: Server): boolean =>
    servers.some((server) => server.filled === filled);
  return [
    ...from
      .filter((server) => !has(to, server))
      .map(({ url, pointer }) =>
        changeAt('operation-server-removed', pointer, `the operation is no longer served at ${url}`, { from: url }),
      ),
    ...to
      .filter((server) => !has(from, server))
      .map(({ url, pointer }) =>
        changeAt('operation-server-added', pointer, `the operation is also served at ${url}`, { to: url }),
      ),
  ];
}

/** The pointer of the object that declares an operation's servers: the operation, its path, or the document. */
function ownPlace({ document }: Contract, { pointer }: Operation): Pointer {
  const item = pointer.slice(0, pointer.lastIndexOf('/'));
  return [pointer, item].find((place) => Array.isArray(getPointer(document, `${place}/servers`))) ?? '';
}

function serversAt(document: JsonObject, place: Pointer): readonly Server[] {
  const list = getPointer(document, `${place}/servers`);
  // A document without servers is served from where it was read.
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
