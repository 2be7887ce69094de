import { expect, test } from 'vitest';
import { literal, type Plain, quote } from './literal.js';

test.each<[string, string]>([
  ['plain', "'plain'"],
  ["it's", '"it\'s"'],
  [`"it's"`, `'"it\\'s"'`],
  ['a\nb\\', "'a\\nb\\\\'"],
  ['\u2028', "'\\u2028'"],
])('the string %j', (given, want) => {
  expect(quote(given)).toBe(want);
  expect(new Function(`return ${want}`)()).toBe(given);
});

test('keys are bare where they can be, and none sets a prototype', () => {
  const value: Plain = JSON.parse('{"a": 1, "b-c": 2, "204": [], "012": {}, "__proto__": 3}');
  const text = literal(value);
  expect(text).toBe(`{ 204: [], a: 1, 'b-c': 2, '012': {}, ['__proto__']: 3 }`);
  expect(Object.entries(new Function(`return ${text}`)())).toEqual(Object.entries(value ?? {}));
});

test('what is longer than a line has a line for each entry', () => {
  const long = 'x'.repeat(60);
  expect(literal({ a: [long, long], b: true })).toBe(`{
  a: [
    '${long}',
    '${long}',
  ],
  b: true,
}`);
});
