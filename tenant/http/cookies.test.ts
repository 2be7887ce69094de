import { expect, test } from 'vitest';
import { cookiesOf } from './cookies.js';

test.each<{ header: string; want: Readonly<Record<string, readonly string[]>> }>([
  { header: '', want: {} },
  { header: 'a=1', want: { a: ['1'] } },
  { header: ' a = 1 ; b=2=3', want: { a: ['1'], b: ['2=3'] } },
  { header: 'a=1; a=2; b=', want: { a: ['1', '2'], b: [''] } },
  { header: 'a=%20x%2F', want: { a: [' x/'] } },
  // What has no name, or no readable value, is no cookie.
  { header: 'a; =1; b=%zz; c=3', want: { c: ['3'] } },
])('"$header"', ({ header, want }) => {
  expect(Object.fromEntries(cookiesOf(header))).toEqual(want);
});
