import { expect, test } from 'vitest';
import type { CredentialPlace, Operation } from '../../contract/contract.js';
import { withCredential } from './credential.js';
import { undocumented } from './request.js';

const request = (place?: CredentialPlace) => {
  const operation = { security: [place === undefined ? {} : { place }] } as unknown as Operation; // all that is used
  return { operation, method: 'GET', path: '/x?a=1', headers: { accept: 'application/json', cookie: 'b=2' } };
};
const PAIR = `Basic ${Buffer.from('ada:s3cret').toString('base64')}`;
const BASIC = `Basic ${Buffer.from('token:a.b.c').toString('base64')}`;

test.each<{ place?: CredentialPlace; path?: string; headers?: Readonly<Record<string, string>> }>([
  { headers: { authorization: 'Bearer a.b.c' } },
  { place: { in: 'header', name: 'Authorization' }, headers: { authorization: 'Bearer a.b.c' } },
  { place: { in: 'basic' }, headers: { authorization: BASIC } },
  { place: { in: 'header', name: 'X-Api-Key' }, headers: { 'x-api-key': 'a.b.c' } },
  { place: { in: 'cookie', name: 'session' }, headers: { cookie: 'b=2; session=a.b.c' } },
  { place: { in: 'query', name: 'api key' }, path: '/x?a=1&api%20key=a.b.c' },
])('a credential at $place', ({ place, path = '/x?a=1', headers = {} }) => {
  const given = request(place);
  expect(withCredential(given, 'Bearer a.b.c')).toEqual({ path, headers: { ...given.headers, ...headers } });
  expect(withCredential(given)).toEqual({ path: given.path, headers: given.headers });
});

test.each<{ places: readonly (CredentialPlace | undefined)[]; authorization: string; want: string | undefined }>([
  // Gitea documents HTTP Basic first, and a key in the header with a word before it.
  {
    places: [{ in: 'basic' }, { in: 'header', name: 'Authorization' }],
    authorization: 'token a.b.c',
    want: 'token a.b.c',
  },
  { places: [{ in: 'query', name: 'key' }, undefined], authorization: 'Token abc', want: 'Token abc' },
  { places: [{ in: 'basic' }, { in: 'header', name: 'Authorization' }], authorization: 'Bearer a.b.c', want: BASIC },
  { places: [{ in: 'header', name: 'X-Key' }], authorization: 'Token abc', want: undefined },
  // Medusa documents a key first, and takes JSON Web Tokens of its login as bearer tokens.
  {
    places: [{ in: 'header', name: 'X-Key' }, undefined],
    authorization: 'Bearer eyJ9.e30.c',
    want: 'Bearer eyJ9.e30.c',
  },
  { places: [{ in: 'header', name: 'X-Key' }, undefined], authorization: 'Bearer a.b.c', want: undefined },
  { places: [{ in: 'header', name: 'X-Key' }], authorization: 'Bearer eyJ9.e30.c', want: undefined },
  // lakeFS documents a bearer token first, and takes keys with HTTP Basic.
  { places: [undefined, { in: 'basic' }], authorization: 'Bearer ada:s3cret', want: PAIR },
  { places: [undefined, { in: 'basic' }], authorization: 'Bearer a.b.c', want: 'Bearer a.b.c' },
  { places: [undefined], authorization: 'Bearer ada:s3cret', want: 'Bearer ada:s3cret' },
])('$authorization at one of $places', ({ places, authorization, want }) => {
  const given = request();
  const security = places.map((place) => (place === undefined ? {} : { place }));
  const operation = { security } as unknown as Operation; // all that is used
  const documented = { ...given, operation };
  expect(withCredential(documented, authorization).headers.authorization).toBe(want);
  expect(withCredential(undocumented(documented), authorization).headers.authorization).toBe(want);
});

test('HTTP Basic sends a user and a password as they are', () => {
  expect(withCredential(request({ in: 'basic' }), 'Bearer ada:s3cret').headers).toMatchObject({ authorization: PAIR });
});
