import { expect, test } from 'vitest';
import { compilePattern } from './pattern.js';

test.each([
  { given: 'a pattern of Unicode mode', source: '^\\p{Lu}.$', fits: 'Ä😀', not: '\\p{Lu}x' },
  { given: 'an escape that only legacy mode accepts', source: '^[\\w-\\.]+$', fits: 'a-b.c', not: 'a b' },
  { given: 'an escaped hyphen outside a class', source: '^a\\-b$', fits: 'a-b', not: 'a\\-b' },
  { given: 'a brace that is no quantifier', source: '^{id}$', fits: '{id}', not: 'id' },
])('$given compiles', ({ source, fits, not }) => {
  const compiled = compilePattern(source);
  if ('wrong' in compiled) throw new Error(compiled.wrong);
  expect([fits, not].map((text) => compiled.pattern.test(text))).toEqual([true, false]);
});

test.each([
  { source: '^[a-z', wrong: 'unterminated character class' },
  { source: '(a', wrong: 'unterminated group' },
  { source: '*', wrong: 'nothing to repeat' },
  { source: '(?<a>x)(?<a>y)', wrong: 'duplicate capture group name' },
  { source: '(?P<name>x)', wrong: 'invalid group' },
])('"$source" is refused in every mode: $wrong', ({ source, wrong }) => {
  expect(compilePattern(source)).toEqual({ wrong });
});
