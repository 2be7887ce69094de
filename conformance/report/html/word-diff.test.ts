import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { wordDiff } from './word-diff.js';

const shown = (parts: ReturnType<typeof wordDiff>[0]) =>
  parts.map(({ text, same }) => (same ? text : `[${text}]`)).join('');

test.each([
  ['a status of 204', 'a status of 200', 'a status of [204]', 'a status of [200]'],
  ['204', '', '[204]', ''],
  ['the same', 'the same', 'the same', 'the same'],
  ['at most 10 members', '11 members', '[at most 10] members', '[11] members'],
])('"%s" and "%s"', (one, other, left, right) => {
  const [a, b] = wordDiff(one, other);
  expect(shown(a).replaceAll('][', '')).toBe(left.replaceAll('][', ''));
  expect(shown(b).replaceAll('][', '')).toBe(right.replaceAll('][', ''));
});

it('keeps both texts, and the same parts are the same', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (one, other) => {
      const [a, b] = wordDiff(one, other);
      expect([a.map(({ text }) => text).join(''), b.map(({ text }) => text).join('')]).toEqual([one, other]);
      const same = (parts: typeof a) => parts.flatMap(({ text, same }) => (same ? [text] : [])).join('');
      expect(same(a)).toBe(same(b));
    }),
    { seed: 1, numRuns: 100 },
  );
});

it('does not compare long texts', () => {
  expect(wordDiff('a '.repeat(300), 'a')).toEqual([
    [{ text: 'a '.repeat(300), same: false }],
    [{ text: 'a', same: false }],
  ]);
});
