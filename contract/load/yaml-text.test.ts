import { expect, test } from 'vitest';
import { parseJsonText, UTF16 } from './json-text.js';
import { parseYamlText } from './yaml-text.js';

test.each([
  { given: 'an empty text', text: '', want: null },
  { given: 'a date and a word', text: 'a: 2024-01-01\nb: yes', want: { a: '2024-01-01', b: 'yes' } },
  { given: 'an alias', text: 'a: &x {n: 1}\nb: *x', want: { a: { n: 1 }, b: { n: 1 } } },
  { given: 'a merge key', text: 'a: &x {n: 1}\nb: {<<: *x, m: 2}', want: { a: { n: 1 }, b: { n: 1, m: 2 } } },
  { given: 'a property named __proto__', text: '{__proto__: {a: 1}}', want: JSON.parse('{"__proto__": {"a": 1}}') },
])('$given is read', async ({ text, want }) => {
  const parsed = await parseYamlText(text);
  expect(JSON.stringify(parsed)).toBe(JSON.stringify({ value: want }));
});

test('a text in UTF-16 is refused by name', async () => {
  for (const encoded of ['\ufeffa: 1', 'a: 1']) {
    const text = Buffer.from(encoded, 'utf16le').toString('utf8');
    expect(await parseYamlText(text)).toEqual({ problem: UTF16 });
    expect(parseJsonText(text, { repeatedNames: 'refuse' })).toEqual({ problem: UTF16 });
  }
});

test.each([
  { text: 'a: [', line: 2, column: 1, kind: 'syntax', message: expect.stringMatching(/^is not YAML: /) },
  {
    text: 'a: 1\na: 2',
    line: 2,
    column: 1,
    kind: 'syntax',
    message: expect.stringContaining('duplicated mapping key'),
  },
  {
    text: 'a: 1\nb:\n  - .inf',
    line: 3,
    column: 5,
    kind: 'content',
    message: 'has the number Infinity, which JSON does not have; expected a finite number',
  },
  {
    text: 'a: {b: .NaN}',
    line: 1,
    column: 5,
    kind: 'content',
    message: 'has the number NaN, which JSON does not have; expected a finite number',
  },
  {
    text: 'a: &x\n  b: [1, *x]',
    line: 2,
    column: 10,
    kind: 'content',
    message: 'has an alias inside the value that it stands for; use $ref for a schema that contains itself',
  },
])('$text is refused', async ({ text, ...want }) => {
  expect(await parseYamlText(text)).toEqual({ problem: want });
});

/** Each line stands for the line above three times: 4, 13 and 40 values. */
const CHAIN = 'a: &a [1, 1, 1]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\n';

test('aliases that expand to more values than allowed are refused where they do', async () => {
  const message = 'has aliases that expand to more than 50 values; write the values out, or use $ref';
  const want = { kind: 'content', line: 3, column: 16, message };
  expect(await parseYamlText(CHAIN, { mostAdded: 50 })).toEqual({ problem: want });
  expect(await parseYamlText(CHAIN, { mostAdded: 51 })).toHaveProperty('value.c.2.2.2', 1);
});

test('values that are written out are not counted', async () => {
  expect(await parseYamlText(`[${'1, '.repeat(100)}]`, { mostAdded: 1 })).toHaveProperty('value.length', 100);
});

test.each([
  { given: 'written out', text: `a: ${'['.repeat(501)}${']'.repeat(501)}` },
  { given: 'far more', text: `${'['.repeat(9000)}${']'.repeat(9000)}` },
  { given: 'in blocks', text: Array.from({ length: 600 }, (_, level) => `${' '.repeat(level)}a:\n`).join('') },
  {
    given: 'by an alias',
    text: `a: &a ${'['.repeat(300)}${']'.repeat(300)}\nb: ${'['.repeat(300)}*a${']'.repeat(300)}`,
  },
])('what is nested too deep, $given, is refused', async ({ text }) => {
  expect(await parseYamlText(text)).toMatchObject({ problem: { message: 'is nested deeper than 500 levels' } });
});

test.each(['!PassLeak_66123', '*PassLeak_66123'])(
  'an error does not quote the value of a tag or alias: %s',
  async (value) => {
    const problem = JSON.stringify(await parseYamlText(`password: ${value}\n`));
    expect(problem).toMatch(/put the value in quotes/);
    expect(problem).not.toContain('PassLeak');
  },
);
