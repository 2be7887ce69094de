import { expect, it } from 'vitest';
import { Redactor } from './redact.js';

it('hides what it was told, in JSON and in URLs too', () => {
  const redactor = new Redactor();
  redactor.hide('s3cr"et/value', '$CLIENT_SECRET');
  expect(redactor.redact('a s3cr"et/value b')).toBe('a $CLIENT_SECRET b');
  expect(redactor.redact(JSON.stringify({ secret: 's3cr"et/value' }))).toBe('{"secret":"$CLIENT_SECRET"}');
  expect(redactor.redact(encodeURIComponent('s3cr"et/value'))).toBe('$CLIENT_SECRET');
});

it('hides values whose names say that they are secret, at any depth', () => {
  const redactor = new Redactor();
  redactor.hideIn({ users: [{ password: 'correct-horse-7' }], client_secret: 'abcdefghij', name: 'plain-name' });
  expect(redactor.redact('correct-horse-7 abcdefghij plain-name')).toBe('$PASSWORD $CLIENT_SECRET plain-name');
});

it('hides whatever looks like a token, though nobody told it', () => {
  expect(new Redactor().redact('Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln.')).toBe('Bearer $TOKEN.');
});

it('does not hide what only looks like filling', () => {
  const redactor = new Redactor();
  redactor.hideIn({ signing_secret: 'aaaaaaaaaaaaaaaa', password: 'short' });
  expect(redactor.redact('aaaaaaaaaaaaaaaa short')).toBe('aaaaaaaaaaaaaaaa short');
});

it('hides the longer of two secrets that begin alike', () => {
  const redactor = new Redactor();
  redactor.hide('abcdefgh', '$ONE');
  redactor.hide('abcdefghijkl', '$OTHER');
  expect(redactor.redact('abcdefghijkl abcdefgh')).toBe('$OTHER $ONE');
});
