import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Violation } from '../finding/finding.js';
import type { Exchange } from '../target/exchange.js';
import { findCounterexample, type PropertyRun } from './property.js';
import { Stop } from './stop.js';

const exchange: Exchange = {
  request: { method: 'GET', path: '/', headers: {} },
  response: { status: 200, headers: {}, text: '' },
  durationMs: 1,
};

function violation(cause: string, actual: string): Violation {
  return { cause, expected: '', actual, evidence: { grade: 'recorded', source: 'test' }, exchange };
}

function search<T>(
  arbitrary: fc.Arbitrary<T>,
  judge: (value: T) => readonly Violation[],
  more: Partial<PropertyRun<T>> = {},
) {
  return findCounterexample({
    arbitrary,
    violations: async (value) => judge(value),
    seed: 7,
    runs: 100,
    examples: [],
    known: new Set(),
    again: () => undefined,
    tried: () => undefined,
    mayShrink: () => true,
    ...more,
  });
}

const lists = fc.array(fc.nat({ max: 1000 }), { maxLength: 30, size: 'max' });
const tooLong = (list: readonly number[]) => (list.length > 10 ? [violation('too long', String(list.length))] : []);

describe('findCounterexample', () => {
  it('finds nothing where nothing is wrong', async () => {
    expect(await search(lists, () => [])).toBeUndefined();
  });

  it('shrinks to the smallest value', async () => {
    expect((await search(lists, tooLong))?.violation.actual).toBe('11');
  });

  it('replays a path, without shrinking again', async () => {
    const found = await search(lists, tooLong);
    let tried = 0;
    const again = await search(lists, tooLong, { path: found?.path ?? '', tried: () => (tried += 1) });
    expect(again?.violation.actual).toBe('11');
    expect(tried).toBe(1);
  });

  it('keeps to the cause that it began with while shrinking', async () => {
    const judge = (list: readonly number[]) =>
      list.length > 10
        ? [violation('too long', String(list.length))]
        : list.length > 0
          ? [violation('not empty', '')]
          : [];
    const first = await search(lists, judge, { examples: [Array.from({ length: 20 }, () => 1)] });
    expect(first?.violation).toMatchObject({ cause: 'too long', actual: '11' });
  });

  it('ignores known causes, and reports that they were seen again', async () => {
    const seen: string[] = [];
    const found = await search(lists, tooLong, {
      known: new Set(['too long']),
      again: ({ cause }) => seen.push(cause),
    });
    expect(found).toBeUndefined();
    expect(seen).toContain('too long');
  });

  it('stops shrinking when it may no more, with the smallest value so far', async () => {
    let tries = 0;
    const found = await search(lists, tooLong, { tried: () => (tries += 1), mayShrink: () => false });
    expect(Number(found?.violation.actual)).toBeGreaterThan(10);
    expect(tries).toBeLessThan(100);
  });

  it('lets through what ends the check, and tries nothing more', async () => {
    let tries = 0;
    const ended = search(lists, () => {
      tries += 1;
      throw new Stop('over', 'time');
    });
    await expect(ended).rejects.toThrow('over');
    expect(tries).toBe(1);
  });
});
