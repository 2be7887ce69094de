import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { leakSearch, obeyedOf } from './leaks.js';

const SECRET = 'k3Yx9-Qw7Lm2_Vb5Nc8Zr4Tt6Pp1Ss0';

test.each([
  ['itself', SECRET],
  ['a part of it', SECRET.slice(5, 20)],
  ['base64', Buffer.from(SECRET).toString('base64')],
  ['base64url', Buffer.from(SECRET).toString('base64url')],
  ['hex', Buffer.from(SECRET).toString('hex')],
  ['upper-case hex', Buffer.from(SECRET).toString('hex').toUpperCase()],
  ['backwards', [...SECRET].reverse().join('')],
  ['Basic credentials', Buffer.from(`a:${SECRET}`).toString('base64').slice(4)],
])('finds a secret as %s', (_, form) => {
  expect(leakSearch([SECRET])(`before ${form} after`)).toContain(form.slice(0, 12));
});

test('finds no secret in what is none', () => {
  expect(leakSearch([SECRET])(`${SECRET.slice(0, 11)}… $CLIENT_SECRET`)).toBeUndefined();
});

test('searches the reports of a large run in seconds', () => {
  const secrets = Array.from({ length: 70 }, (_, index) => createHash('sha512').update(String(index)).digest('base64'));
  const search = leakSearch(secrets.map((secret) => secret.repeat(5)));
  const started = performance.now();
  expect(search('a report of findings '.repeat(50_000))).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(10_000);
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
