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

test('keys are unquoted if possible, and none sets the prototype', () => {
  const value: Plain = JSON.parse('{"a": 1, "b-c": 2, "204": [], "012": {}, "__proto__": 3}');
  const text = literal(value);
  expect(text).toBe(`{ 204: [], a: 1, 'b-c': 2, '012': {}, ['__proto__']: 3 }`);
  expect(Object.entries(new Function(`return ${text}`)())).toEqual(Object.entries(value ?? {}));
});

test('a value longer than a line has one entry per line', () => {
  const long = 'x'.repeat(60);
  expect(literal({ a: [long, long], b: true })).toBe(`{
  a: [
    '${long}',
    '${long}',
  ],
  b: true,
}`);
});
