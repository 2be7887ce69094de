import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import type { HttpRequest } from '../target/target.js';
import { parseJson } from '../target/target.js';
import { type Answer, answeringTarget } from '../test-support/answering-target.js';
import { collectionPaths, text } from '../test-support/collection-paths.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** A server that counts the items of each collection from 1, and shows the numbers enciphered: a provider has the id of a domain. */

const paths = {
  ...collectionPaths('provider', { name: text }, { owner: text }),
  ...collectionPaths('domain', { name: text }, { owner: text }),
};
const document = { openapi: '3.1.0', info: { title: 'Identities', version: '1' }, paths };
const { contract } = withDerivedState(readContract(JSON.parse(JSON.stringify(document))));

const enciphered = (number: number): string => createHash('md5').update(String(number)).digest('hex').slice(0, 16);

function identities() {
  const kept = new Map<string, Map<string, JsonObject>>([
    ['providers', new Map()],
    ['domains', new Map()],
  ]);
  const counts = new Map<string, number>();
  const make = (kind: string, body: JsonObject): JsonObject => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const item = { ...body, id: enciphered(count), owner: enciphered(4) };
    kept.get(kind)?.set(item.id, item);
    return item;
  };
  for (let count = 0; count < 30; count += 1) make('domains', { name: `Of somebody else ${count}` });
  const respond = ({ method, path, body }: HttpRequest): Answer => {
    const [, kind = '', id, more] = (path.split('?')[0] ?? '').split('/');
    const all = kept.get(kind);
    if (all === undefined || more !== undefined) return [404, {}];
    if (id !== undefined) {
      const item = all.get(id);
      if (item === undefined) return [404, {}];
      if (method === 'DELETE') all.delete(id);
      return method === 'DELETE' ? [204] : [200, item];
    }
    if (method === 'GET') return [200, [...all.values()]];
    const { json: sent } = parseJson(body ?? '');
    if (method !== 'POST' || !isObject(sent) || typeof sent.name !== 'string' || sent.name === '') return [400, {}];
    return [201, make(kind, { name: sent.name })];
  };
  return { target: answeringTarget(respond), domains: () => kept.get('domains') };
}

test.each(['smoke', 'standard'] as const)(
  '%s: what somebody else has is not named by the ids of others',
  async (depth) => {
    const { target, domains } = identities();
    const { leftovers } = await verifyTarget(contract, target, { only: ['*'], depth });
    expect({ leftovers, count: domains()?.size }).toEqual({ leftovers: [], count: 30 });
  },
);
