import { expect, test } from 'vitest';
import { instantClock } from '../conformance/test-support/instant-clock.js';
import { orchard } from '../contract/derive/test-support/orchard.js';
import { readContract } from '../contract/read/read.js';
import { replay } from './replay.js';
import { exchange, recordingOf } from './test-support/recorded.js';

test('ids of a document without keywords are mapped, below others and inside of objects too', async () => {
  const contract = readContract(JSON.parse(JSON.stringify(orchard).replaceAll('"type":"integer"', '"type":"string"')));
  const tree = { id: 'tree-of-record', kind: 'oak', height: 3, plantedAt: '2026-01-01T00:00:00.000Z' };
  const fruit = { id: 'fruit-of-record', treeId: 'tree-of-record', color: 'green' };
  const basket = { id: 'basket-of-record', name: 'Willow' };
  const exchanges = [
    exchange('POST /trees/', { kind: 'oak', height: 3 }, 201, tree),
    exchange('GET /trees/tree-of-record/', undefined, 200, tree),
    exchange('POST /trees/tree-of-record/fruits/', { color: 'green' }, 201, fruit),
    exchange('GET /trees/tree-of-record/fruits/', undefined, 200, [fruit]),
    exchange('POST /baskets', { basket: { name: 'Willow' } }, 201, { basket }),
    exchange('GET /baskets/basket-of-record', undefined, 200, { data: basket, meta: {} }),
  ].map(({ request, response }) => ({ request: { ...request, path: request.path.slice('/api/v2'.length) }, response }));
  const { recordings, total } = await replay({
    contract,
    recordings: [await recordingOf(exchanges)],
    clock: instantClock(),
  });
  expect(recordings[0]?.mismatches).toEqual([]);
  expect(total).toMatchObject({ matched: exchanges.length });
});
