import { expect, test } from 'vitest';
import { Refusal } from '../answer/refusal.js';
import { bearerToken } from './authorization.js';

test.each([
  { header: 'Bearer a.b.c', want: 'a.b.c' },
  { header: 'bearer a.b.c', want: 'a.b.c' },
  { header: '  BEARER   a.b.c  ', want: 'a.b.c' },
  { header: 'Bearer ..', want: '..' },
  { header: undefined, want: 'missing' },
  { header: '', want: 'missing' },
  { header: 'Basic a.b.c', want: 'missing' },
  { header: 'a.b.c', want: 'missing' },
  { header: 'Bearer', want: 'malformed' },
  { header: 'Bearer ', want: 'malformed' },
  { header: 'Bearer a', want: 'malformed' },
  { header: 'Bearer a.b', want: 'malformed' },
  { header: 'Bearer a.b.c.d', want: 'malformed' },
  { header: 'Bearer a.b.c d', want: 'malformed' },
])('$header', ({ header, want }) => {
  const token = bearerToken(header);
  expect(token instanceof Refusal && token.cause.kind === 'token' ? token.cause.fault : token).toBe(want);
});

test.each([
  { header: 'Bearer a', want: 'a' },
  { header: 'Bearer  a b ', want: 'a b' },
  { header: 'Bearer', want: '' },
  { header: 'Basic a', want: 'missing' },
])('$header where a token of any form counts', ({ header, want }) => {
  const token = bearerToken(header, false);
  expect(token instanceof Refusal && token.cause.kind === 'token' ? token.cause.fault : token).toBe(want);
});

test('the detail says what is wrong', () => {
  const detail = (header?: string): string | undefined => {
    const token = bearerToken(header);
    return token instanceof Refusal ? token.detail : undefined;
  };
  expect([detail(), detail('Basic x'), detail('Bearer x')]).toEqual([
    'no Authorization header',
    'the authorization scheme is not Bearer',
    'the token does not have three parts',
  ]);
});
