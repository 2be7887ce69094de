import { createHmac, createPublicKey } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import type { TokenFault } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import { identityAt } from './identity.js';
import { Tokens } from './tokens.js';

const NOW = Date.UTC(2026, 10, 22);
const SECONDS = NOW / 1000;
const identity = identityAt('https://tenant.example', '/api/v2');

let tokens: Tokens;
let privateKey: CryptoKey;
let publicJwk: Awaited<ReturnType<Tokens['publicJwk']>>;
let token: string;

beforeAll(async () => {
  ({ privateKey } = await generateKeyPair('RS256', { extractable: true }));
  tokens = await Tokens.create(identity, await exportJWK(privateKey));
  publicJwk = await tokens.publicJwk();
  token = await issued();
});

const issued = (lifetime = 86_400, audience = identity.audience): Promise<string> =>
  tokens.issue({ clientId: 'reader', audience, scopes: ['see', 'do'], lifetime }, NOW);

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token signed by the tenant's key with other claims. */
function forged(claims: JWTPayload, header: { alg?: string; kid?: string } = {}, key = privateKey): Promise<string> {
  return new SignJWT({
    iss: 'https://tenant.example/',
    aud: identity.audience,
    sub: 'reader@clients',
    iat: SECONDS,
    exp: SECONDS + 60,
    scope: 'see',
    ...claims,
  })
    .setProtectedHeader({ alg: 'RS256', kid: publicJwk.kid, ...header })
    .sign(key);
}

const publicPem = (): string =>
  createPublicKey({ key: { ...publicJwk }, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString();

function byHmac(secret: string): string {
  const payload = token.split('.')[1];
  const signed = `${encoded({ alg: 'HS256', typ: 'JWT', kid: publicJwk.kid })}.${payload}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

test('a token has subject and scopes, and is cached while it is valid', async () => {
  const caller = await tokens.verify(token, NOW);
  expect(caller).toEqual({ subject: 'reader@clients', client: 'reader', scopes: new Set(['see', 'do']) });
  expect(tokens.verify(token, NOW + 1000)).toBe(caller);
  const [header, payload] = token.split('.', 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
  expect(header).toEqual({ alg: 'RS256', typ: 'JWT', kid: publicJwk.kid });
  expect(payload).toEqual({
    iss: 'https://tenant.example/',
    sub: 'reader@clients',
    aud: identity.audience,
    iat: SECONDS,
    exp: SECONDS + 86_400,
    azp: 'reader',
    gty: 'client-credentials',
    scope: 'see do',
  });
});

test('a cached token is refused once it expires', async () => {
  const short = await issued(60);
  expect(await tokens.verify(short, NOW + 59_999)).not.toBeInstanceOf(Refusal);
  expect(await tokens.verify(short, NOW + 60_000)).toMatchObject({ cause: { fault: 'expired' } });
});

const ATTACKS: readonly {
  readonly name: string;
  readonly fault: TokenFault;
  readonly make: () => string | Promise<string>;
}[] = [
  {
    name: 'a changed payload',
    fault: 'signature',
    make: () => [token.split('.')[0], encoded({ scope: 'all' }), token.split('.')[2]].join('.'),
  },
  { name: 'a truncated signature', fault: 'signature', make: () => token.slice(0, -8) },
  { name: 'no signature', fault: 'signature', make: () => `${token.slice(0, token.lastIndexOf('.'))}.` },
  {
    name: 'a foreign key',
    fault: 'signature',
    make: async () => forged({}, {}, (await generateKeyPair('RS256')).privateKey),
  },
  { name: 'an unknown kid', fault: 'signature', make: () => forged({}, { kid: 'other' }) },
  {
    name: 'no kid',
    fault: 'other',
    make: async () => {
      const { privateKey: key } = await generateKeyPair('RS256');
      return new SignJWT({}).setProtectedHeader({ alg: 'RS256' }).sign(key);
    },
  },
  {
    name: 'alg none',
    fault: 'other',
    make: () => `${encoded({ alg: 'none', kid: publicJwk.kid })}.${token.split('.')[1]}.`,
  },
  {
    name: 'alg none, with the signature',
    fault: 'other',
    make: () => `${encoded({ alg: 'None' })}.${token.split('.').slice(1).join('.')}`,
  },
  { name: 'HMAC with the public key in PEM', fault: 'other', make: () => byHmac(publicPem()) },
  { name: 'HMAC with the modulus', fault: 'other', make: () => byHmac(publicJwk.n ?? '') },
  { name: 'expired', fault: 'expired', make: () => forged({ exp: SECONDS - 1 }) },
  {
    name: 'no expiry',
    fault: 'other',
    make: () =>
      new SignJWT({ iss: 'https://tenant.example/', aud: identity.audience, sub: 'x' })
        .setProtectedHeader({ alg: 'RS256', kid: publicJwk.kid })
        .sign(privateKey),
  },
  {
    name: 'no subject',
    fault: 'other',
    make: () =>
      new SignJWT({ iss: 'https://tenant.example/', aud: identity.audience, exp: SECONDS + 60 })
        .setProtectedHeader({ alg: 'RS256', kid: publicJwk.kid })
        .sign(privateKey),
  },
  ...[null, 7, ['reader@clients'], {}, ''].map((sub) => ({
    name: `the subject ${JSON.stringify(sub)}`,
    fault: 'other' as const,
    make: () => forged({ sub } as unknown as JWTPayload),
  })),
  { name: 'not yet valid', fault: 'other', make: () => forged({ nbf: SECONDS + 60 }) },
  { name: 'another audience', fault: 'audience', make: () => issued(60, 'https://other.example/') },
  {
    name: 'an audience without the trailing slash',
    fault: 'audience',
    make: () => issued(60, identity.audience.slice(0, -1)),
  },
  { name: 'another issuer', fault: 'other', make: () => forged({ iss: 'https://tenant.example' }) },
  { name: 'parts that are not JSON', fault: 'other', make: () => 'a.b.c' },
  { name: 'empty parts', fault: 'other', make: () => '..' },
  { name: 'null', fault: 'other', make: () => 'bnVsbA.bnVsbA.bnVsbA' },
];

test.each(ATTACKS)('$name is refused as $fault', async ({ fault, make }) => {
  const refusal = await tokens.verify(await make(), NOW);
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({ cause: { kind: 'token', fault } });
});

test('tokens of another address are refused, cached ones too', async () => {
  const moving = identityAt('https://one.example', '');
  const ours = await Tokens.create(moving, await exportJWK(privateKey));
  const old = await ours.issue({ clientId: 'reader', audience: moving.audience, scopes: [], lifetime: 60 }, NOW);
  expect(await ours.verify(old, NOW)).not.toBeInstanceOf(Refusal);
  Object.assign(moving, identityAt('https://two.example', ''));
  expect(await ours.verify(old, NOW)).toBeInstanceOf(Refusal);
});

test('tenants of one process share a key pair, and refuse each other by its id', async () => {
  const [one, other] = await Promise.all([Tokens.create(identity, undefined), Tokens.create(identity, undefined)]);
  const claims = { clientId: 'reader', audience: identity.audience, scopes: [], lifetime: 60 };
  const refusal = await other.verify(await one.issue(claims, NOW), NOW);
  expect(refusal).toMatchObject({ cause: { kind: 'token', fault: 'signature' } });
  expect((await one.publicJwk()).n).toBe((await other.publicJwk()).n);
  const again = await Tokens.create(identity, await one.signingKey());
  expect(await again.publicJwk()).toEqual(await one.publicJwk());
});

test('a token that is valid from a time on is refused before it, also from the cache', async () => {
  const later = await forged({ nbf: SECONDS + 30 });
  expect(await tokens.verify(later, NOW + 29_999)).toMatchObject({ cause: { fault: 'other' } });
  const caller = await tokens.verify(later, NOW + 30_000);
  expect(caller).toMatchObject({ subject: 'reader@clients' });
  expect(tokens.verify(later, NOW + 30_000)).toBe(caller);
  expect(await tokens.verify(later, NOW)).toBeInstanceOf(Refusal);
});

test('a token with the tail of another is not taken for it, and forgotten tokens are verified anew', async () => {
  const caller = await tokens.verify(token, NOW);
  expect(await tokens.verify(`x${token}`, NOW)).toBeInstanceOf(Refusal);
  expect(tokens.verify(token, NOW)).toBe(caller);
  tokens.forget();
  const again = await tokens.verify(token, NOW);
  expect(again).toEqual(caller);
  expect(again).not.toBe(caller);
});

test('the claims of a token decide its caller and its scopes', async () => {
  expect(await tokens.verify(await forged({ sub: 'ada', scope: ' see  do ' }), NOW)).toEqual({
    subject: 'ada',
    client: 'ada',
    scopes: new Set(['see', 'do']),
  });
  for (const scope of [undefined, 7, ''])
    expect(await tokens.verify(await forged({ scope } as JWTPayload), NOW)).toMatchObject({ scopes: new Set() });
});

test('a token has its permissions once more where the API asks for it', async () => {
  const claims = { clientId: 'reader', audience: identity.audience, scopes: ['see'], lifetime: 60 };
  const claimsOf = async (withPermissions?: boolean) => {
    const issuedToken = await tokens.issue(
      withPermissions === undefined ? claims : { ...claims, withPermissions },
      NOW + 999,
    );
    return JSON.parse(Buffer.from(issuedToken.split('.')[1] ?? '', 'base64url').toString());
  };
  expect(await claimsOf(true)).toMatchObject({ permissions: ['see'], iat: SECONDS });
  expect(await claimsOf(false)).not.toHaveProperty('permissions');
  expect(await claimsOf()).not.toHaveProperty('permissions');
});

test.each<[() => string | Promise<string>, string]>([
  [() => issued(-1), 'the token has expired'],
  [() => token.slice(0, -8), 'the signature does not match the key of this tenant'],
  [() => issued(60, 'https://other.example/'), 'the token is for "https://other.example/"'],
  [() => forged({ aud: ['a', 'b'] }), 'the token is for "a,b"'],
  [() => forged({ iss: 'x' }), 'invalid claim "iss"'],
  [() => forged({ sub: '' }), 'invalid claim "sub"'],
  [() => 'a.b.c', 'ERR_JWS_INVALID'],
])('the reason of a refusal says no more than what is wrong (%#): %s', async (make, want) => {
  expect(await tokens.verify(await make(), NOW)).toMatchObject({ detail: want });
});

test('of the verified tokens, the newest are remembered', async () => {
  const few = await Tokens.create(identity, await exportJWK(privateKey), 2);
  const three = await Promise.all([1, 2, 3].map((lifetime) => issued(lifetime)));
  for (const each of three) await few.verify(each, NOW);
  expect(three.map((each) => few.verify(each, NOW) instanceof Promise)).toEqual([true, false, false]);
});
