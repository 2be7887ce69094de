import { describe, expect, test } from 'vitest';
import { code, fenced, line, link, literally, prose, section, table } from './markdown.js';

describe('prose', () => {
  const cases = [
    { given: 'plain *words*', want: 'plain *words*' },
    { given: 'a <script> in it', want: 'a &lt;script&gt; in it' },
    { given: 'code `<id>` stays', want: 'code `<id>` stays' },
    { given: '> quoted\n> on', want: '> quoted\n> on' },
    { given: 'never\n```sh\nended', want: 'never\n```sh\nended\n```' },
    { given: '~~~\nended\n~~~\nafter', want: '~~~\nended\n~~~\nafter' },
  ];
  test.each(cases)('$given', ({ given, want }) => expect(prose(given)).toBe(want));
});

test('a line has no newline in it', () => {
  expect(line('one\n  two\n\nthree')).toBe('one two three');
});

describe('code', () => {
  const cases = [
    { given: 'a|b', want: '`a|b`' },
    { given: 'a`b', want: '``a`b``' },
    { given: '`a`', want: '`` `a` ``' },
    { given: '', want: '' },
  ];
  test.each(cases)('$given', ({ given, want }) => expect(code(given)).toBe(want));
});

test('plain text', () => {
  expect(literally('a_b [c] <d>')).toBe('a\\_b \\[c\\] \\<d\\>');
});

describe('tables', () => {
  test('pipes, also in code, and newlines are escaped', () => {
    expect(table(['A', 'B'], [['x|y', '`auth0|1`\nmore']])).toBe(
      '| A | B |\n| --- | --- |\n| x\\|y | `auth0\\|1`<br>more |',
    );
  });
  test('an escaped pipe is not escaped again', () => {
    expect(table(['A'], [['x\\|y']])).toContain('| x\\|y |');
  });
  test('an empty column is omitted', () => {
    expect(table(['A', 'B', 'C'], [['1', '', '3']])).toBe('| A | C |\n| --- | --- |\n| 1 | 3 |');
  });
});

test('a fence is longer than any in the text', () => {
  expect(fenced('md', 'a ``` b')).toBe('````md\na ``` b\n````');
});

test('a link to a page whose name needs encoding', () => {
  expect(link('Page', 'a b(1).md')).toBe('[Page](a%20b%281%29.md)');
});

test('a section without content is omitted', () => {
  expect(section('Title', '', '')).toBe('');
});
