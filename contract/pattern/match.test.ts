import { expect, test } from 'vitest';
import { isSimple, linearMatcher, safeMatcher, timedMatcher } from './match.js';

test.each([
  { source: '^[a-z0-9][a-z0-9_-]*$', want: true },
  { source: '^\\+[0-9]{1,15}$', want: true },
  { source: '^rol_[A-Za-z0-9]{16}$', want: true },
  { source: '^\\S+$', want: true },
  { source: '^https:\\/\\/', want: true },
  { source: 'abc', want: true },
  { source: '^[^<>]+$', want: true },
  { source: '^a+b+$', want: false },
  { source: '^a*[0-9]{100}b$', want: false },
  { source: 'a+b', want: false },
  { source: '^(a+)+$', want: false },
  { source: '^a|b$', want: false },
  { source: '^.*.*$', want: false },
  { source: '^(?=a)b', want: false },
  { source: '\\p{L}', want: false },
  { source: `^${'a'.repeat(300)}$`, want: false },
])('whether "$source" is simple: $want', ({ source, want }) => {
  expect(isSimple(source)).toBe(want);
});

/** Texts on which engines tend to differ. */
const TEXTS = [
  '',
  'a',
  'ab',
  'aab',
  'A',
  '1',
  '_',
  '-',
  ' ',
  '\n',
  '\r',
  '\v',
  '\u00a0',
  '\u2028',
  '\ufeff',
  'é',
  '😀',
  'a😀b',
  '\ud800',
];

test.each([
  /(?:)/u,
  /./u,
  /^.$/u,
  /\s/u,
  /\S/u,
  /[^\s\d]/u,
  /\W/u,
  /[\W_]/u,
  /\ba/u,
  /a\B/u,
  /^$/u,
  /b$/u,
  // biome-ignore lint/correctness/noEmptyCharacterClassInRegex: RE2 has no empty class
  /[]/u,
  // biome-ignore lint/correctness/noEmptyCharacterClassInRegex: RE2 has no empty class
  /[^]/u,
  /^(?:a|(b))+?$/u,
  /^a{2}b{0,}$/u,
  /a{0}b/u,
  /(?<name>a)b/u,
  /[\u{1f600}-\u{1f64f}]/u,
  /[\b\n\-\]]/u,
  /^[^\ud83d]$/u,
  /\cJ/u,
  // biome-ignore lint/complexity/useRegexLiterals: only legacy mode accepts it
  new RegExp('^[\\w-\\.]+|{a}'),
  /^.$/,
  /^[^a]$/,
])('%s matches the same texts in linear time', (pattern) => {
  const linear = linearMatcher(pattern);
  if (linear === undefined) throw new Error('RE2 refused the pattern');
  expect(TEXTS.filter(linear)).toEqual(TEXTS.filter((text) => pattern.test(text)));
});

test.each([
  /(?=a)b/u,
  /(?!a)b/u,
  /(?<=a)b/u,
  /(a)\1/u,
  /(?<n>a)\k<n>/u,
  /\p{L}/u,
  /a{1001}/u,
  /a{2,1001}/u,
  /(?:a{1000}){1000}/u,
])('RE2 cannot match %s', (pattern) => {
  expect(linearMatcher(pattern)).toBeUndefined();
});

test('a pattern that could backtrack is not matched by backtracking', () => {
  const pattern = /^(a+)+$/u;
  pattern.test = () => {
    throw new Error('the engine of JavaScript was used');
  };
  expect(['aaa', 'aab', ''].map(safeMatcher(pattern))).toEqual([true, false, false]);
});

test.each([
  { pattern: /^[a-z]+$/u, fits: 'abc', not: 'a1' },
  { pattern: /^(?!-)(?!.*--)[a-z-]+$/u, fits: 'a-b', not: 'a--b' },
  { pattern: /^(.)\1$/u, fits: '😀😀', not: 'ab' },
])('$pattern is matched', ({ pattern, fits, not }) => {
  const matches = safeMatcher(pattern);
  expect([matches(fits), matches(not)]).toEqual([true, false]);
});

/** Matches in the end, after a few million steps. */
const SLOW = { pattern: /^(?!(?:a|a)*$)/u, text: `${'a'.repeat(22)}!` };

test('a text that needs more time than allowed does not match', () => {
  expect(timedMatcher(SLOW.pattern, 60_000)(SLOW.text)).toBe(true);
  expect(timedMatcher(SLOW.pattern, 1)(SLOW.text)).toBe(false);
});
