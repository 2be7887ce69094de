import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { translatedPattern } from './translated-pattern.js';

it.each([
  ['(?i)^[a-f]{2}-x$', '^[a-fA-F]{2}-[xX]$'],
  ['^(?i)ab', '^[aA][bB]'],
  ['(?i)\\d\\w\\p{L}[\\dab-]', '\\d\\w\\p{L}[\\daAbB-]'],
  ['(?i)(?<year>a)\\k<year>', '(?<year>[aA])\\k<year>'],
  ['(?s)a.b', 'a[\\s\\S]b'],
  ['\\A[a-z]+\\z', '^[a-z]+$'],
  ['\\A[a-z]+\\Z', '^[a-z]+$'],
  ['(?P<a>x)(?P=a)', '(?<a>x)\\k<a>'],
  ['^(?>a|b)c$', '^(?:a|b)c$'],
  ['^a++b{1,2}+$', '^a+b{1,2}$'],
  ['^[[:alpha:]_][[:alnum:]]*$', '^[a-zA-Z_][a-zA-Z0-9]*$'],
  ['^[^[:space:]]+$', '^[^\\s]+$'],
])('%s is %s', (source, want) => {
  expect(translatedPattern(source)).toBe(want);
});

it.each([
  // JavaScript compiles them,
  ['^[a-z]+$'],
  ['^a+?$'],
  // in legacy mode at least,
  ['^[\\w-\\.]+$'],
  ['^\\-$'],
  // and these are beyond what is known.
  ['(?x) a b'],
  ['(?i)^(a$'],
  ['a(?i:b)'],
  ['(?i-s)a'],
])('%s stays as it is', (source) => {
  expect(translatedPattern(source)).toBeUndefined();
});

describe('what another engine matches with the original', () => {
  const TEXTS = [
    '',
    'a',
    'A',
    'ab',
    'AB',
    'aB',
    'b',
    'f',
    'F',
    'g',
    'G',
    'a-x',
    'AF-X',
    'a\nb',
    'axb',
    '_a1',
    '1a',
    'a b',
    'é',
    'É',
    'Z',
    '[',
    '^',
  ];

  it.each([
    '(?i)^[a-f]{1,2}(-x)?$',
    '(?i)ab',
    '(?i)^[^a-c]$',
    '(?i)^é$',
    '(?is)^a.b$',
    '(?s)a.b',
    '\\A[a-z]+\\z',
    '^(?P<first>a|b)[[:alnum:]]*$',
    '^[[:alpha:]_][[:word:]]*$',
    '^[^[:space:]]+$',
    '(?i)^[A-z]$',
  ])('matches %s', (source) => {
    const translated = new RegExp(translatedPattern(source) ?? '(?!)', 'u');
    const other = RE2JS.compile(source);
    for (const text of TEXTS) expect([text, translated.test(text)]).toEqual([text, other.matcher(text).find()]);
  });
});
