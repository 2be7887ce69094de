import { expect, test } from 'vitest';
import type { CredentialPlace } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import { credentialFor, keyFor } from './credential.js';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

test.each<{ place?: CredentialPlace; query?: string; headers?: Readonly<Record<string, string>>; want: string }>([
  { headers: { authorization: 'Bearer a.b.c' }, want: 'a.b.c' },
  { place: { in: 'basic' }, headers: { authorization: basic('token:a:b') }, want: 'a:b' },
  { place: { in: 'header', name: 'X-Key' }, headers: { 'x-key': 'k' }, want: 'k' },
  { place: { in: 'header', name: 'Authorization' }, headers: { authorization: 'Token k' }, want: 'k' },
  { place: { in: 'header', name: 'Authorization' }, headers: { authorization: 'k' }, want: 'k' },
  { place: { in: 'query', name: 'api key' }, query: 'a=1&api%20key=k%2F', want: 'k/' },
  { place: { in: 'cookie', name: 's' }, headers: { cookie: 'a=1; s=k%20' }, want: 'k ' },
  { place: { in: 'basic' }, headers: { authorization: 'Bearer x' }, want: 'no Basic credentials' },
  { place: { in: 'basic' }, headers: { authorization: basic('nocolon') }, want: 'no Basic credentials' },
  { place: { in: 'header', name: 'X-Key' }, want: 'no header "X-Key"' },
  { place: { in: 'query', name: 'k' }, query: 'k=', want: 'no query "k"' },
  { place: { in: 'query', name: 'k' }, query: 'k=%zz', want: 'no query "k"' },
  { place: { in: 'cookie', name: 's' }, headers: { cookie: 'as=1' }, want: 'no cookie "s"' },
  { place: { in: 'cookie', name: 's' }, headers: { cookie: 's=1; s=2' }, want: '1' },
  { place: { in: 'query', name: 'k' }, query: 'k=1&k=2', want: '2' },
  { place: { in: 'header', name: 'X-Key' }, headers: { 'x-key': '' }, want: 'no header "X-Key"' },
  { place: { in: 'header', name: 'toString' }, want: 'no header "toString"' },
  { place: { in: 'basic' }, headers: { authorization: basic(':b').replace('Basic', 'bAsIc  ') }, want: 'b' },
  { place: { in: 'basic' }, headers: { authorization: basic('a:') }, want: 'no Basic credentials' },
  { place: { in: 'basic' }, headers: { authorization: `x${basic('a:b')}` }, want: 'no Basic credentials' },
  { place: { in: 'basic' }, headers: { authorization: `${basic('a:b')} x` }, want: 'no Basic credentials' },
  { place: { in: 'basic' }, want: 'no Basic credentials' },
])('a credential at $place in $headers$query: $want', ({ place, query = '', headers = {}, want }) => {
  const found = credentialFor({ method: 'GET', path: '/x', query, headers, body: '' }, [
    place === undefined ? {} : { place },
  ]);
  expect(found instanceof Refusal ? found.detail : found).toBe(want);
});

test.each<[string, { headers?: Record<string, string>; query?: string }, unknown]>([
  ['the first', { headers: { authorization: 'Bearer a.b.c' } }, 'a.b.c'],
  ['another', { headers: { 'x-key': 'k' } }, 'k'],
  ['none', {}, 'missing'],
  ['the one with a fault rather than none', { headers: { authorization: 'Bearer odd' } }, 'malformed'],
])('of several alternatives a request may use %s', (_, { headers = {}, query = '' }, want) => {
  const found = credentialFor({ method: 'GET', path: '/x', query, headers, body: '' }, [
    { place: { in: 'query', name: 'key' } },
    {},
    { place: { in: 'header', name: 'X-Key' } },
  ]);
  expect(typeof found === 'string' ? found : found.cause).toEqual(
    typeof found === 'string' ? want : { kind: 'token', fault: want },
  );
});

test('a key is the first that a request has, and a bearer token need not have a form', () => {
  const places: readonly CredentialPlace[] = [
    { in: 'query', name: 'key' },
    { in: 'header', name: 'X-Key' },
  ];
  const keyIn = (query: string, headers: Readonly<Record<string, string>>) =>
    keyFor({ method: 'GET', path: '/x', query, headers, body: '' }, places);
  expect([keyIn('key=a', { 'x-key': 'b' }), keyIn('', { 'x-key': 'b' }), keyIn('', {})]).toEqual(['a', 'b', undefined]);
  const request = { method: 'GET', path: '/x', query: '', headers: { authorization: 'Bearer odd' }, body: '' };
  expect([credentialFor(request, [{}], false), credentialFor(request, [], false)]).toEqual(['odd', 'odd']);
  expect(credentialFor(request, [])).toMatchObject({ cause: { fault: 'malformed' } });
});

test('of two faults, the first one is told', () => {
  const request = { method: 'GET', path: '/x', query: '', headers: {}, body: '' };
  expect(
    credentialFor(request, [{ place: { in: 'query', name: 'a' } }, { place: { in: 'query', name: 'b' } }]),
  ).toMatchObject({
    detail: 'no query "a"',
  });
});
