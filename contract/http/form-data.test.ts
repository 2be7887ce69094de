import { expect, test } from 'vitest';
import { parseFormData, parseMultipart } from './form-data.js';

const TYPE = 'multipart/mixed; boundary=x';
const lines = (...texts: readonly string[]) => texts.join('\r\n');

/** The texts of the parts, and their headers. */
function partsOf(type: string, body: string) {
  return parseMultipart(type, body)?.map(({ text, headers }) => [text, Object.fromEntries(headers)]);
}

test.each<{ given: string; type?: string; body: string; want: unknown }>([
  { given: 'one part', body: lines('--x', 'A: 1', '', 'text', '--x--'), want: [['text', { a: '1' }]] },
  {
    given: 'several parts',
    body: lines('--x', '', 'one', '--x', 'A:  1 ', 'B:2:3', '', 'two', 'lines', '--x--', ''),
    want: [
      ['one', {}],
      ['two\r\nlines', { a: '1', b: '2:3' }],
    ],
  },
  { given: 'an empty part', body: lines('--x', 'A: 1', '', '', '--x--'), want: [['', { a: '1' }]] },
  { given: 'a part without headers and text', body: lines('--x', '', '--x--'), want: undefined },
  { given: 'a text before the first part', body: lines('hello', '--x', '', 'a', '--x--'), want: [['a', {}]] },
  { given: 'a text after the last one', body: lines('--x', '', 'a', '--x--', 'bye'), want: [['a', {}]] },
  { given: 'blanks after the delimiters', body: lines('--x \t', '', 'a', '--x-- \t'), want: [['a', {}]] },
  {
    given: 'lines that begin like a delimiter',
    body: lines('--x', '', '--xy', '--x-', '--x--z', 'a', '--x--'),
    want: [[lines('--xy', '--x-', '--x--z', 'a'), {}]],
  },
  {
    given: 'a quoted boundary',
    type: 'multipart/mixed; Boundary="x y"',
    body: lines('--x y', '', 'a', '--x y--'),
    want: [['a', {}]],
  },
  {
    given: 'a parameter after the boundary',
    type: 'multipart/mixed;boundary=x;a=b',
    body: lines('--x', '', 'a', '--x--'),
    want: [['a', {}]],
  },
  { given: 'no boundary', type: 'multipart/mixed', body: lines('--x', '', 'a', '--x--'), want: undefined },
  { given: 'no parts', body: '--x--', want: [] },
  { given: 'no end', body: lines('--x', '', 'a'), want: undefined },
  { given: 'a part without a blank line', body: lines('--x', 'A: 1', '--x--'), want: undefined },
  { given: 'nothing', body: '', want: undefined },
])('$given', ({ type = TYPE, body, want }) => {
  expect(partsOf(type, body)).toEqual(want);
});

test.each<{ disposition: string; want: string | undefined }>([
  { disposition: 'form-data; name="a"', want: 'a' },
  { disposition: 'form-data; name=a', want: 'a' },
  { disposition: 'form-data; name=a; filename=b', want: 'a' },
  { disposition: 'form-data; NAME="a b"', want: 'a b' },
  { disposition: 'form-data; filename="; name=b"; name="a"', want: 'a' },
  { disposition: 'form-data; name="a\\"b%22c\\\\"', want: 'a"b"c\\' },
  { disposition: 'form-data; name=""', want: '' },
  { disposition: 'form-data; filename="a"', want: undefined },
  { disposition: 'form-data', want: undefined },
])('the name in "$disposition" is $want', ({ disposition, want }) => {
  const body = lines('--x', `Content-Disposition: ${disposition}`, '', 'text', '--x--');
  expect(parseFormData('multipart/form-data; boundary=x', body)?.map(({ name, text }) => [name, text])).toEqual(
    want === undefined ? undefined : [[want, 'text']],
  );
});

test('form data without a disposition, or with a part that is malformed, is malformed', () => {
  const named = lines('--x', 'Content-Disposition: form-data; name=a', '', '1');
  expect(parseFormData(TYPE, lines(named, '--x', '', 'text', '--x--'))).toBeUndefined();
  expect(parseFormData(TYPE, named)).toBeUndefined();
  expect(parseFormData(TYPE, lines(named, '--x--'))).toHaveLength(1);
});
