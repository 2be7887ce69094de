import { expect, test } from 'vitest';
import { isNestedTooDeep, parseJsonText } from './json-text.js';

const refuse = { repeatedNames: 'refuse' } as const;

test.each([
  { given: 'a byte order mark', text: '\uFEFF{"a": 1}', want: { a: 1 } },
  {
    given: 'one name in several objects',
    text: '{"a": {"a": 1}, "b": [{"a": 2}, {"a": 3}]}',
    want: { a: { a: 1 }, b: [{ a: 2 }, { a: 3 }] },
  },
  { given: 'a name that is also a value', text: '{"a": "a", "b": "a"}', want: { a: 'a', b: 'a' } },
  { given: 'brackets and escapes in strings', text: '{"a": "[[[\\"{{", "b": "\\\\"}', want: { a: '[[["{{', b: '\\' } },
  { given: 'what looks like names in strings', text: '{"a": ":\\"b\\":", "b": ":"}', want: { a: ':"b":', b: ':' } },
  { given: 'the largest number', text: '[1.7976931348623157e308, -1e-999]', want: [Number.MAX_VALUE, -0] },
  { given: 'digits in a string', text: '"1e999"', want: '1e999' },
])('$given is read', ({ text, want }) => {
  expect(parseJsonText(text, refuse)).toEqual({ value: want });
});

test.each([
  { text: '{"a": 1,\n  "a": 2}', line: 2, column: 3, message: 'has "a" twice in one object; expected it once' },
  {
    text: '[{"b": {"a": 1, "c": [1], "a": 2}}]',
    line: 1,
    column: 27,
    message: 'has "a" twice in one object; expected it once',
  },
  {
    text: '{"a\\\\" : 1, "a\\\\"\n:":"}',
    line: 1,
    column: 13,
    message: 'has "a\\\\" twice in one object; expected it once',
  },
  {
    text: '[1,\n1e400]',
    line: 2,
    column: 1,
    message: 'has the number 1e400, which is too large; expected a finite number',
  },
  ...['1.5E+400', '-1e400'].map((number) => ({
    text: number,
    line: 1,
    column: 1,
    message: `has the number ${number}, which is too large; expected a finite number`,
  })),
  {
    text: '{"a":1e400}',
    line: 1,
    column: 6,
    message: 'has the number 1e400, which is too large; expected a finite number',
  },
  {
    text: `[${'9'.repeat(400)}]`,
    line: 1,
    column: 2,
    message: `has the number ${'9'.repeat(20)}…, which is too large; expected a finite number`,
  },
])('$text is refused for its content', ({ text, ...want }) => {
  expect(parseJsonText(text, refuse)).toEqual({ problem: { kind: 'content', ...want } });
});

test('a text that is not JSON is a problem of syntax', () => {
  const message = 'is not JSON: expected ":", received "1"';
  expect(parseJsonText('{"a" 1}', refuse)).toEqual({ problem: { kind: 'syntax', line: 1, column: 6, message } });
});

test('repeated names may be kept', () => {
  expect(parseJsonText('{"a": 1, "a": 2}', { repeatedNames: 'keep-last' })).toEqual({ value: { a: 2 } });
});

const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

test.each([
  { given: 'as deep as allowed', text: nested(3), want: false },
  { given: 'one level deeper', text: nested(4), want: true },
  { given: 'objects and lists together', text: '[{"a": [{}]}]', want: true },
  { given: 'many values side by side', text: '[[], [], [], [], {}, {}]', want: false },
  { given: 'brackets in a string', text: '["[[[[[[[["]', want: false },
])('$given: too deep is $want', ({ text, want }) => {
  expect(isNestedTooDeep(text, 3)).toBe(want);
  const options = { ...refuse, mostNested: 3 };
  expect('problem' in parseJsonText(text, options)).toBe(want);
});

test('a nested text is refused where it becomes too deep', () => {
  const want = { kind: 'content', line: 2, column: 2, message: 'is nested deeper than 2 levels' };
  expect(parseJsonText('[[],\n[[]]]', { ...refuse, mostNested: 2 })).toEqual({ problem: want });
});
