import { generateKeyPairSync } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { expect, test } from 'vitest';
import type { SigningKey, TenantOptions } from './tenant.js';
import { createTenant, TenantError } from './tenant.js';
import { key, school, schoolTenant } from './test-support/school.js';

const good = await key;
const other = await exportJWK((await generateKeyPair('RS256', { extractable: true })).privateKey);
const elliptic = await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey);
const publicKey = { kty: 'RSA', n: good.n ?? '', e: good.e ?? '' };
const EXPECTED = 'expected a private RSA key of 2048 bits or more, as a JWK.';
const ROOT = 'expected the root of a server, without a path, such as https://tenant.example.';

const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'jwk' }) as SigningKey; // members of RFC 7518

test.each<{ readonly given: string; readonly options: TenantOptions; readonly want: string | RegExp }>([
  {
    given: 'a public key',
    options: { key: publicKey },
    want: `The key cannot sign tokens: it is a public key; ${EXPECTED}`,
  },
  { given: 'a short key', options: { key: short }, want: `The key cannot sign tokens: it has 1024 bits; ${EXPECTED}` },
  {
    given: 'an elliptic key',
    options: { key: elliptic },
    want: `The key cannot sign tokens: it is of the type "EC"; ${EXPECTED}`,
  },
  { given: 'no key', options: { key: {} }, want: `The key cannot sign tokens: it is of the type null; ${EXPECTED}` },
  {
    given: 'parts of two keys',
    options: { key: { ...good, n: other.n ?? '' } },
    want: /^The key cannot sign tokens: .+; expected a private RSA key/,
  },
  { given: 'a URL that is none', options: { baseUrl: 'nope' }, want: `The baseUrl is "nope"; ${ROOT}` },
  { given: 'an empty URL', options: { baseUrl: '' }, want: `The baseUrl is ""; ${ROOT}` },
  { given: 'a URL with a path', options: { baseUrl: 'https://h/x' }, want: `The baseUrl is "https://h/x"; ${ROOT}` },
  { given: 'a URL of no server', options: { baseUrl: 'mailto:x@y' }, want: `The baseUrl is "mailto:x@y"; ${ROOT}` },
])('$given is refused when the tenant is made', async ({ options, want }) => {
  const made = createTenant(school, options);
  await expect(made).rejects.toBeInstanceOf(TenantError);
  await expect(made).rejects.toThrow(want);
});

test('an option that is undefined is one that is not given', async () => {
  const { tenant } = await schoolTenant({ plan: undefined, baseUrl: undefined, onRequest: undefined });
  const listening = await tenant.listen({ port: undefined, host: undefined, tls: undefined, onDefect: undefined });
  expect(tenant.url).toBe(listening.url);
  await listening.close();
});

test.each([
  { given: 'throws', onRequest: () => fail() },
  { given: 'rejects', onRequest: async () => fail() },
])('a watcher that $given is reported and changes no answer', async ({ onRequest }) => {
  const defects: unknown[] = [];
  const { tenant, call } = await schoolTenant({ onRequest, onDefect: (defect) => defects.push(defect) });
  expect((await call('GET', '/students')).status).toBe(200);
  expect((await tenant.fetch(`${tenant.url}/school/students`)).status).toBe(401);
  expect(defects.map(String)).toEqual(['Error: the watcher broke', 'Error: the watcher broke']);
});

function fail(): never {
  throw new Error('the watcher broke');
}
