import { expect, test } from 'vitest';
import { excerpt } from './excerpt.js';

test.each([
  { given: 'no such role', want: 'no such role' },
  { given: 'bad token eyJhbGciOi.eyJzdWIiOiJ0.c2lnbmF0dXJl here', want: 'bad token *** here' },
  { given: 'the secret is s3cr3t', want: 'the secret is ***' },
  { given: 'x'.repeat(300), want: 'x'.repeat(200) },
  { given: 'roles.list of management.example.com', want: 'roles.list of management.example.com' },
])('"$given" becomes "$want"', ({ given, want }) => {
  expect(excerpt(given, 's3cr3t')).toBe(want);
});

const SECRET = 'fLLWmxar0Hvk90JFrC0wZJibwIVc9L7DiI2LqePp';

test.each([
  { given: `received ${SECRET.slice(20)}`, want: 'received ***' },
  { given: `received ${SECRET.slice(10, 22)}, no more`, want: 'received ***, no more' },
  { given: `id=${SECRET.slice(0, 14)}-x`, want: 'id=***' },
  { given: `only ${SECRET.slice(10, 21)}`, want: `only ${SECRET.slice(10, 21)}` },
  { given: 'a word-of-more-than-twelve', want: 'a word-of-more-than-twelve' },
])('a part of a secret in "$given" becomes "$want"', ({ given, want }) => {
  expect(excerpt(given, undefined, SECRET)).toBe(want);
});

test('takes linear time for a long text without a gap', () => {
  expect(excerpt('x'.repeat(5_000_000))).toHaveLength(200);
  expect(excerpt('x'.repeat(20_000_000))).toHaveLength(200);
});

test('a token at the end of what is searched is not shown in part', () => {
  const token = `${'e'.repeat(700)}.${'y'.repeat(800)}.${'j'.repeat(60)}`;
  expect(excerpt(`${token} `.repeat(1000))).toMatch(/^(\*\*\* )+$/);
});
