import { expect, test } from 'vitest';
import { leakOf, obeyedOf } from './leaks.js';

const SECRET = 'k3Yx9-Qw7Lm2_Vb5Nc8Zr4Tt6Pp1Ss0';

test.each([
  ['itself', SECRET],
  ['a part of it', SECRET.slice(5, 20)],
  ['base64', Buffer.from(SECRET).toString('base64')],
  ['base64url', Buffer.from(SECRET).toString('base64url')],
  ['hex', Buffer.from(SECRET).toString('hex')],
  ['upper-case hex', Buffer.from(SECRET).toString('hex').toUpperCase()],
  ['backwards', [...SECRET].reverse().join('')],
])('finds a secret as %s', (_, form) => {
  expect(leakOf([SECRET], `before ${form} after`)).toContain(form.slice(0, 12));
});

test('finds no secret in what is none', () => {
  expect(leakOf([SECRET], `${SECRET.slice(0, 11)}… $CLIENT_SECRET`)).toBeUndefined();
});

test.each([
  ['an escape', 'a\u001b[2J', false],
  ['a C1 control', 'a\u009b2J', false],
  ['a reordering', 'a\u202eb', false],
  ['a workflow command', 'a\n::error::planted', true],
  ['a command of Azure', 'a ##[error]planted', true],
])('finds %s', (_, text, github) => {
  expect(obeyedOf(text, { github })).toBeDefined();
});

test('workflow commands are text outside of GitHub Actions', () => {
  expect(obeyedOf('::error::planted\n##[error]planted\n\ttext', { github: false })).toBeUndefined();
});
