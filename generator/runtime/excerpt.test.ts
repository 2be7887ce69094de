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

test('takes linear time for a long text without a gap', () => {
  expect(excerpt('x'.repeat(5_000_000))).toHaveLength(200);
});
