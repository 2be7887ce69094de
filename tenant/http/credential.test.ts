import { expect, test } from 'vitest';
import type { CredentialPlace } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import { credentialOf } from './credential.js';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

test.each<{ place?: CredentialPlace; query?: string; headers?: Readonly<Record<string, string>>; want: string }>([
  { headers: { authorization: 'Bearer a.b.c' }, want: 'a.b.c' },
  { place: { in: 'basic' }, headers: { authorization: basic('token:a:b') }, want: 'a:b' },
  { place: { in: 'header', name: 'X-Key' }, headers: { 'x-key': 'k' }, want: 'k' },
  { place: { in: 'query', name: 'api key' }, query: 'a=1&api%20key=k%2F', want: 'k/' },
  { place: { in: 'cookie', name: 's' }, headers: { cookie: 'a=1; s=k%20' }, want: 'k ' },
  { place: { in: 'basic' }, headers: { authorization: 'Bearer x' }, want: 'no Basic credentials' },
  { place: { in: 'basic' }, headers: { authorization: basic('nocolon') }, want: 'no Basic credentials' },
  { place: { in: 'header', name: 'X-Key' }, want: 'no header "X-Key"' },
  { place: { in: 'query', name: 'k' }, query: 'k=', want: 'no query "k"' },
  { place: { in: 'query', name: 'k' }, query: 'k=%zz', want: 'no query "k"' },
  { place: { in: 'cookie', name: 's' }, headers: { cookie: 'as=1' }, want: 'no cookie "s"' },
])('a credential at $place in $headers$query: $want', ({ place, query = '', headers = {}, want }) => {
  const found = credentialOf({ method: 'GET', path: '/x', query, headers, body: '' }, place);
  expect(found instanceof Refusal ? found.detail : found).toBe(want);
});
