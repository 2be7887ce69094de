import { expect, test } from 'vitest';
import type { Difference } from '../compare/difference.js';
import type { RecordingReport } from './replay-report.js';
import { shownOnce } from './shown-once.js';

const COUNTS = { exchanges: 1, inContract: 1, conform: 0, matched: 0, mismatched: 1, assumed: 0, outside: 0 };

type MismatchOf = readonly [string, ...(readonly Difference[])];

function recording(...mismatches: readonly MismatchOf[]): RecordingReport {
  return {
    ...COUNTS,
    file: 'a.har',
    recording: 'a',
    mismatches: mismatches.map(([request, ...differences], at) => ({
      exchange: at + 1,
      request,
      expected: { status: 200 },
      actual: { status: 200 },
      differences,
    })),
    assumes: [],
    notInContract: [],
  };
}

function shown(...mismatches: readonly MismatchOf[]) {
  return shownOnce([recording(...mismatches)]).map(({ mismatch, differences, shownBefore, alike }) => ({
    exchange: mismatch.exchange,
    places: differences.map(({ difference: { place }, more }) => (more === 0 ? place : `${place} +${more}`)),
    shownBefore,
    alike,
  }));
}

const text = (place: string, actual: Difference['actual']): Difference => ({
  place,
  expected: 'must be string',
  actual: actual ?? null,
  because: 'required by the contract',
});

test('a rule that the answers of an operation violate alike, at any place of a list and with any value', () => {
  const list = 'GET /apps?limit=2';
  expect(
    shown(
      [list, text('body/0/icon', null)],
      [list, text('body/7/icon', null)],
      ['GET /apps', text('body/1/icon', null), text('body/0/name', null)],
      ['GET /apps', text('body/1/name', null)],
    ),
  ).toEqual([
    { exchange: 1, places: ['body/0/icon'], shownBefore: 0, alike: 1 },
    { exchange: 3, places: ['body/0/name'], shownBefore: 1, alike: 1 },
  ]);
  expect(
    shown(['GET /apps/0oa2p2p596', text('body/icon', 1)], ['GET /apps/0oa7q9r332', text('body/icon', 2)]),
  ).toMatchObject([{ alike: 1 }]);
});

test('a rule that several entries of a list violate alike is shown once, with their number', () => {
  const entries = [0, 1, 2].map((at) => text(`body/data/${at}/icon`, null));
  expect(shown(['GET /apps', ...entries, text('body/data/1/name', null)])).toEqual([
    { exchange: 1, places: ['body/data/0/icon +2', 'body/data/1/name'], shownBefore: 0, alike: 0 },
  ]);
});

test('but not another operation, another kind of value, another status or another value that was sent', () => {
  const name = (expected: string): Difference => ({ place: 'body/name', expected, actual: 'a', because: 'as sent' });
  const status = (actual: number): Difference => ({
    place: 'status',
    expected: 'one of 200, 404',
    actual,
    because: 'the contract documents no other',
  });
  const all = [
    [text('body/icon', null), text('body/icon', 1)],
    [status(400), status(401)],
    [name('b'), name('c')],
  ] as const;
  for (const [one, other] of all) expect(shown(['GET /apps', one], ['GET /apps', other])).toHaveLength(2);
  expect(shown(['GET /apps', text('body/icon', null)], ['GET /users', text('body/icon', null)])).toHaveLength(2);
});
