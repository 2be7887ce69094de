import { expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { collectionDocument } from '../../contract/derive/test-support/collection.js';
import { isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import { type HttpRequest, parseJson } from '../target/target.js';
import { type Answer, answeringTarget } from '../test-support/answering-target.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

/** A server that makes a zone before it looks at the query, and answers 422 where it does not like that. */

const ZONE: JsonObject = {
  type: 'object',
  required: ['name'],
  properties: { id: { type: 'string', readOnly: true }, name: { type: 'string', minLength: 1 } },
};
const { contract } = withDerivedState(
  readContract(
    collectionDocument({
      path: '/zones',
      key: 'id',
      item: ZONE,
      refusals: ['404', '422'],
      create: { parameters: [{ name: 'full', in: 'query', schema: { type: 'boolean' } }] },
    }),
  ),
);

/** @param isHasty - whether it makes a zone before it refuses the query */
function serverOf(isHasty: boolean) {
  const zones = new Map<string, JsonObject>([['1', { id: '1', name: 'of the owner' }]]);
  let last = 1;
  const create = (body: string, query: string): Answer => {
    const sent = parseJson(body).json;
    if (!isObject(sent) || typeof sent.name !== 'string' || sent.name === '') return [422, {}];
    const isRefused = query !== '' && !/^full=(true|false)$/.test(query);
    if (isRefused && !isHasty) return [422, {}];
    last += 1;
    const zone = { id: String(last), name: sent.name };
    zones.set(zone.id, zone);
    return isRefused ? [422, {}] : [201, zone];
  };
  const target = answeringTarget(({ method, path, body = '' }: HttpRequest): Answer => {
    const [place = '', query = ''] = path.split('?');
    const [, first, id, ...rest] = place.split('/');
    if (first !== 'zones' || rest.length > 0) return [404, {}];
    if (id === undefined) return method === 'POST' ? create(body, query) : [200, [...zones.values()]];
    const zone = zones.get(id);
    if (zone === undefined) return [404, {}];
    if (method === 'DELETE') zones.delete(id);
    return method === 'DELETE' ? [204, ''] : [200, zone];
  });
  return { target, names: () => [...zones.values()].map(({ name }) => name) };
}

const only = ['create/invalid-query', 'create/documented-success'];

it.each<[boolean, readonly string[]]>([
  [true, ['invalid-query: a refused request changed something']],
  [false, []],
])('are found where they made something, and what they made is removed: %s', async (isHasty, want) => {
  const { target, names } = serverOf(isHasty);
  const report = await verifyTarget(contract, target, { only, depth: 'standard' });
  expect(failures(report)).toEqual(want);
  expect(report.leftovers).toEqual([]);
  expect(names()).toEqual(['of the owner']);
});
