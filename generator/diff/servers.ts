import type { Contract, JsonObject, Pointer } from '../../spec/contract/contract.js';
import { isObject, joinPointer } from '../../spec/contract/pointer.js';
import { type Finding, finding } from './change.js';

/** Compares the addresses under which the whole contract is offered. */
export function compareServers(before: Contract, after: Contract): readonly Finding[] {
  const old = serversOf(before.document);
  const now = serversOf(after.document);
  return [
    ...[...old].flatMap(([url, pointer]) =>
      now.has(url) ? [] : [finding('server-removed', pointer, `the server ${url} is gone`, { from: url })],
    ),
    ...[...now].flatMap(([url, pointer]) =>
      old.has(url) ? [] : [finding('server-added', pointer, `the server ${url} is new`, { to: url })],
    ),
  ];
}

function serversOf({ servers }: JsonObject): ReadonlyMap<string, Pointer> {
  const list = Array.isArray(servers) ? servers : [];
  return new Map(
    list.flatMap((server, index) =>
      isObject(server) && typeof server.url === 'string' ? [[server.url, joinPointer('/servers', index)]] : [],
    ),
  );
}
