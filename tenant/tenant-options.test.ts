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
const EXPECTED = 'expected a private RSA key of at least 2048 bits, as a JWK';
const ROOT = 'expected the root of a server, without a path, such as https://tenant.example';

const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'jwk' }) as SigningKey; // members of RFC 7518

test.each<{ readonly given: string; readonly options: TenantOptions; readonly want: string | RegExp }>([
  {
    given: 'a public key',
    options: { key: publicKey },
    want: `the key cannot sign tokens: it is a public key; ${EXPECTED}`,
  },
  { given: 'a short key', options: { key: short }, want: `the key cannot sign tokens: it has 1024 bits; ${EXPECTED}` },
  {
    given: 'an elliptic key',
    options: { key: elliptic },
    want: `the key cannot sign tokens: its type is "EC"; ${EXPECTED}`,
  },
  { given: 'no key', options: { key: {} }, want: `the key cannot sign tokens: its type is null; ${EXPECTED}` },
  {
    given: 'a key pair that does not match',
    options: { key: { ...good, n: other.n ?? '' } },
    want: /^the key cannot sign tokens: .+; expected a private RSA key/,
  },
  { given: 'a malformed URL', options: { baseUrl: 'nope' }, want: `invalid baseUrl (--url) "nope"; ${ROOT}` },
  { given: 'an empty URL', options: { baseUrl: '' }, want: `invalid baseUrl (--url) ""; ${ROOT}` },
  {
    given: 'a URL with a path',
    options: { baseUrl: 'https://h/x' },
    want: `invalid baseUrl (--url) "https://h/x"; ${ROOT}`,
  },
  {
    given: 'a URL that is not HTTP',
    options: { baseUrl: 'mailto:x@y' },
    want: `invalid baseUrl (--url) "***@y"; ${ROOT}`,
  },
])('createTenant refuses $given', async ({ options, want }) => {
  const made = createTenant(school, options);
  await expect(made).rejects.toBeInstanceOf(TenantError);
  await expect(made).rejects.toThrow(want);
});

test('undefined options have their defaults', async () => {
  const { tenant } = await schoolTenant({ plan: undefined, baseUrl: undefined, onRequest: undefined });
  const listening = await tenant.listen({ port: undefined, host: undefined, tls: undefined, onDefect: undefined });
  expect(tenant.url).toBe(listening.url);
  await listening.close();
});

test.each([
  { given: 'throws', onRequest: () => fail() },
  { given: 'rejects', onRequest: async () => fail() },
])('an onRequest that $given is reported and does not change the answer', async ({ onRequest }) => {
  const defects: unknown[] = [];
  const { tenant, call } = await schoolTenant({ onRequest, onDefect: (defect) => defects.push(defect) });
  expect((await call('GET', '/students')).status).toBe(200);
  expect((await tenant.fetch(`${tenant.url}/school/students`)).status).toBe(401);
  expect(defects.map(String)).toEqual(['Error: onRequest failed', 'Error: onRequest failed']);
});

function fail(): never {
  throw new Error('onRequest failed');
}
