import { describe, expect, test } from 'vitest';
import { describeChange, listText, valueText } from './wording.js';

describe('a value in a sentence', () => {
  test.each([
    { given: 'of 60 characters', value: 'x'.repeat(58), want: `"${'x'.repeat(58)}"` },
    { given: 'of 61 characters', value: 'x'.repeat(59), want: `"${'x'.repeat(58)}…` },
    { given: 'that is an object', value: { a: [1, null] }, want: '{"a":[1,null]}' },
  ])('$given', ({ value, want }) => {
    expect(valueText(value)).toBe(want);
    expect(valueText(value).length).toBeLessThanOrEqual(60);
  });
});

test.each([
  [[], 'nothing'],
  [['a'], '"a"'],
  [['a', 2], '"a" and 2'],
  [['a', 'b', 'c'], '"a", "b" and "c"'],
])('a list of %j', (values, want) => {
  expect(listText(values)).toBe(want);
});

describe('a change in a sentence', () => {
  test.each([
    [10, 5, 'x went from 10 to 5'],
    [undefined, 5, 'x was added: 5'],
    [10, undefined, 'x was removed: 10'],
    [undefined, undefined, 'x is unset'],
  ])('from %j to %j', (from, to, want) => {
    expect(describeChange('x', from, to)).toBe(want);
  });

  test.each([
    { given: 'at the start', at: 0 },
    { given: 'just before the cut', at: 38 },
    { given: 'at the cut', at: 40 },
    { given: 'behind the cut', at: 59 },
    { given: 'in the middle', at: 100 },
    { given: 'at the end', at: 199 },
  ])('shows where two long values differ: $given', ({ at }) => {
    const text = (character: string): string => 'y'.repeat(at) + character + 'z'.repeat(199 - at);
    const sentence = describeChange('x', text('A'), text('B'));
    const [, from = '', to = ''] = /^x went from (.*) to (.*)$/.exec(sentence) ?? [];
    expect(from).toContain('A');
    expect(to).toContain('B');
    expect([from.length, to.length].every((length) => length <= 60)).toBe(true);
  });

  test('shows where a long value is the start of a longer one', () => {
    const sentence = describeChange('x', 'y'.repeat(100), `${'y'.repeat(100)} and more`);
    expect(sentence).toMatch(/^x went from …y+" to …y+ and more"$/);
  });
});
