import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import { fromList } from '../effect/source.js';
import type { Entity } from '../store/entity.js';
import type { Paging } from './page.js';
import { pageOf } from './page.js';

const PARAMETERS = { page: 'p', size: 's', totals: 't', cursor: 'from', take: 'take' };
const PAGING: Paging = {
  parameters: PARAMETERS,
  as: 'items',
  next: undefined,
  bare: true,
  ceiling: undefined,
  usual: undefined,
  doubts: { total: false, limit: false, nextAlways: false, nextUnlessFields: false },
};

/** The body of a page of the numbers from 0. */
function page(query: JsonObject, paging: Partial<Paging> = {}, count = 120): unknown {
  const entities = Array.from({ length: count }, (_, order): Entity => ({ order, resource: 'r', properties: {} }));
  const source = fromList(entities.map((entity) => ({ entity, bound: new Map(), origins: [] })));
  const found = pageOf({ ...PAGING, ...paging }, query, source);
  if (found instanceof Refusal) return { cause: found.cause, values: found.values, detail: found.detail };
  return found.wrap(found.items.map(({ entity }) => entity.order));
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

test.each<{ name: string; query: JsonObject; paging?: Partial<Paging>; count?: number; want: unknown }>([
  { name: 'the default size', query: {}, want: range(0, 50) },
  { name: 'the next page', query: { p: 1 }, want: range(50, 100) },
  { name: 'the last page', query: { p: 2 }, want: range(100, 120) },
  { name: 'a page after the last', query: { p: 3 }, want: [] },
  { name: 'another size', query: { s: 7, p: 1 }, want: range(7, 14) },
  { name: 'totals', query: { s: 2, p: 1, t: true }, want: { items: [2, 3], start: 2, limit: 2, total: 120 } },
  { name: 'totals that are not asked for', query: { s: 2, t: false }, want: [0, 1] },
  {
    name: 'totals if a page is always an object',
    query: { s: 2 },
    paging: { bare: false },
    want: { items: [0, 1], start: 0, limit: 2, total: 120 },
  },
  {
    name: 'no totals without parameters for totals and size',
    query: {},
    paging: { bare: false, parameters: {} },
    count: 3,
    want: { items: [0, 1, 2] },
  },
  {
    name: 'totals without their parameter, but with one for the size',
    query: { s: 1 },
    paging: { bare: false, parameters: { size: 's' } },
    want: { items: [0], start: 0, limit: 1, total: 120 },
  },
  { name: 'everything without a size parameter', query: {}, paging: { parameters: {} }, want: range(0, 120) },
  { name: 'an array without a name for the items', query: { t: true, s: 1 }, paging: { as: undefined }, want: [0] },
  { name: 'a page up to the ceiling', query: { p: 1, s: 10 }, paging: { ceiling: 20 }, want: range(10, 20) },
  {
    name: 'a page beyond the ceiling',
    query: { p: 1, s: 11 },
    paging: { ceiling: 20 },
    want: {
      cause: { kind: 'beyond', max: 20 },
      values: { page: '1', size: '11', max: '20' },
      detail: 'page 1 with size 11 exceeds the limit of 20 records',
    },
  },
  {
    name: 'an unknown cursor',
    query: { from: 'x' },
    want: { cause: { kind: 'invalid', part: 'query' }, values: {}, detail: 'unknown cursor' },
  },
  {
    name: 'checkpoints without a name for the items',
    query: { take: 200 },
    paging: { as: undefined },
    count: 1,
    want: { items: [0] },
  },
])('$name', ({ query, paging, count, want }) => {
  expect(page(query, paging, count)).toEqual(want);
});

const walk = (take: number, paging: Partial<Paging>, count: number): unknown[] => {
  const pages: unknown[] = [];
  let query: JsonObject = { take };
  for (;;) {
    const { items, next } = page(query, paging, count) as { items: number[]; next?: string };
    pages.push(items);
    if (next === undefined) return pages;
    query = { take, from: next };
  }
};

test('checkpoints end with a page that is not full', () => {
  expect(walk(2, {}, 5)).toEqual([[0, 1], [2, 3], [4]]);
  expect(walk(2, {}, 4)).toEqual([[0, 1], [2, 3], []]);
});

test('checkpoints until empty end with an empty page', () => {
  expect(walk(2, { next: 'until-empty' }, 3)).toEqual([[0, 1], [2], []]);
});

test('a cursor without take has the default size', () => {
  const { next } = page({ take: 50 }) as { next: string };
  expect((page({ from: next }) as { items: number[] }).items).toEqual(range(50, 100));
  for (const cursor of ['after', `after ${'1'.repeat(16)}`, 'after 1 ', 'xafter 1', 'after -1'])
    expect(page({ from: Buffer.from(cursor).toString('base64url') }), cursor).toMatchObject({
      detail: 'unknown cursor',
    });
});

test('a cursor that is an integer leads to the next page as one', () => {
  const place = { in: 'query', required: false, description: '', deprecated: false, pointer: '' } as const;
  const parameter = { ...place, name: 'after', schema: { type: 'integer' } };
  const size = { ...place, name: 'limit', schema: {} };
  const usual: Paging['usual'] = { by: 'cursor', parameter, size, first: 0 };
  expect(page({ limit: 2 }, { usual }, 5)).toEqual({ items: [0, 1], next: 2 });
  expect(page({ limit: 2, after: 4 }, { usual }, 5)).toEqual({ items: [4] });
});
