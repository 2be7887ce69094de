import { expect, it } from 'vitest';
import type { Json } from '../../../contract/contract.js';
import { defaultContract } from '../../../contract/load/default.js';
import { noValues } from '../../target/request.js';
import { walkPages, walksOf } from './page-walk.js';

const contract = await defaultContract();
const listing = contract.operations.find((operation) => walksOf(operation).includes('pages'));

/** What a walk with two entries a page makes of these bodies; undefined is one that cannot be read. */
async function walk(...bodies: readonly (Json | undefined)[]) {
  if (listing === undefined) throw new Error('No listing has pages.');
  const left = [...bodies];
  const { pages, end } = await walkPages(listing, noValues, {
    walk: 'pages',
    size: 2,
    maxPages: 5,
    send: async (request) => {
      const json = left.shift();
      const response = { status: 200, headers: {}, text: 'text', ...(json === undefined ? {} : { json }) };
      return { request, response, durationMs: 1 };
    },
  });
  return [end, pages.length];
}

it.each<readonly [string, readonly (Json | undefined)[], string, number]>([
  ['that has fewer entries than requested', [[{ a: 1 }, { a: 2 }], [{ a: 3 }]], 'complete', 2],
  [
    'that repeats what was seen',
    [
      [{ a: 1 }, { a: 2 }],
      [{ a: 2 }, { a: 1 }],
    ],
    'repeats',
    2,
  ],
  ['that cannot be read', [[{ a: 1 }, { a: 2 }], undefined], 'refused', 2],
])('a walk ends at a page %s', async (_what, bodies, end, count) => {
  expect(await walk(...bodies)).toEqual([end, count]);
});
