import { describe, expect, it } from 'vitest';
import type { Evidence, Operation } from '../../contract/contract.js';
import type { Subject } from '../fixtures/fixtures.js';
import type { Exchange } from '../target/exchange.js';
import { listingDifference } from './listing-difference.js';
import { listsExactly } from './relation-listing.js';

const evidence: Evidence = { grade: 'recorded', source: 'test' };
const subject = (id: string): Subject => ({ resource: 'user', id, name: id, value: {} });
const exchange = (status: number, text = ''): Exchange => ({
  request: { method: 'GET', path: '/', headers: {} },
  response: { status, headers: {}, text },
  durationMs: 1,
});
const expected = (ids: readonly string[]) => ({
  listing: {} as Operation,
  sides: { organization: subject('o'), user: subject('u') },
  resource: 'role',
  ids,
});

describe('listingDifference', () => {
  it.each([
    { wanted: ['a', 'b'], listed: ['b', 'a'], want: [] },
    { wanted: [], listed: [], want: [] },
    { wanted: ['a', 'b'], listed: ['a'], want: ['lacks a role: role: a (lacks b)'] },
    { wanted: ['a'], listed: ['a', 'c', 'd'], want: ['wrongly shows a role: role: a, c, d (wrongly shows c, d)'] },
    { wanted: ['a'], listed: ['a', 'a'], want: ['repeats a role: role: a, a (repeats a)'] },
    { wanted: ['a'], listed: [], want: ['lacks a role: role: none (lacks a)'] },
    {
      wanted: ['a', 'b'],
      listed: ['b', 'b', 'x'],
      want: [
        'lacks a role: role: b, b, x (lacks a)',
        'wrongly shows a role: role: b, b, x (wrongly shows x)',
        'repeats a role: role: b, b, x (repeats b)',
      ],
    },
  ])('$listed instead of $wanted: $want', ({ wanted, listed, want }) => {
    const before = [exchange(204)];
    const found = listingDifference(expected(wanted), { ids: listed, exchange: exchange(200) }, { evidence, before });
    expect(found.map(({ cause, actual }) => `${cause}: ${actual}`)).toEqual(
      want.map((text) => `the listing by organization and user ${text}`),
    );
    for (const violation of found) expect(violation).toMatchObject({ evidence, before });
  });

  it('says that a listing fails, whatever it should show', () => {
    const failed = { ids: [], exchange: exchange(503, 'busy') };
    expect(listingDifference(expected([]), failed, { evidence, before: [] })).toMatchObject([
      { cause: 'the listing fails with 503', expected: 'role: none', actual: '503 busy' },
    ]);
  });

  it('shortens long lists', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const [violation] = listingDifference(
      expected(ids),
      { ids: [], exchange: exchange(200) },
      { evidence, before: [] },
    );
    expect(violation?.expected).toBe('role: a, b, c, d, e and 2 more');
  });
});

it.each([
  { expected: [], ids: [], want: true },
  { expected: ['a', 'b'], ids: ['b', 'a'], want: true },
  { expected: ['a', 'b'], ids: ['a'], want: false },
  { expected: ['a'], ids: ['a', 'a'], want: false },
  { expected: ['a', 'b'], ids: ['a', 'c'], want: false },
])('$ids lists exactly $expected: $want', ({ expected: wanted, ids, want }) => {
  expect(listsExactly(wanted, ids)).toBe(want);
});
