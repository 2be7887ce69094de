import { createHmac, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { forge, wrongClaims } from './forge.js';
import { decodeToken, encodePart, scopesOf } from './jwt.js';
import type { Forgery } from './token.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = publicKey.export({ format: 'jwk' });
const now = 1_800_000_000;
const claims = {
  iss: 'https://a/',
  aud: 'https://a/api/',
  sub: 'me@clients',
  iat: now - 10,
  exp: now + 600,
  scope: 'read:it write:it',
};
const signed = `${encodePart({ alg: 'RS256', typ: 'JWT', kid: 'k' })}.${encodePart(claims)}`;
const token = `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;

function decoded(text: string) {
  const parts = decodeToken(text);
  if (parts === undefined) throw new Error(`"${text}" is no token.`);
  return parts;
}

const good = decoded(token);

function forged(forgery: Forgery): string {
  return forge(forgery, { good, publicKey: jwk, now }) ?? '';
}

function isGenuine(text: string): boolean {
  const [header, body, signature = ''] = text.split('.');
  return verify('sha256', Buffer.from(`${header}.${body}`), publicKey, Buffer.from(signature, 'base64url'));
}

describe('forge', () => {
  it('starts from a token that is genuine', () => {
    expect(isGenuine(token)).toBe(true);
    expect(scopesOf(token)).toEqual(['read:it', 'write:it']);
  });

  const forgeries: readonly Forgery[] = [
    'tampered',
    'foreign-key',
    'none',
    'hmac',
    'expired',
    'not-yet-valid',
    'audience',
    'issuer',
  ];

  it.each(forgeries)('%s is a token in three parts that is not genuine', async (forgery) => {
    const text = forged(forgery);
    expect(text.split('.')).toHaveLength(3);
    expect(isGenuine(text)).toBe(false);
  });

  it('makes something that is not three parts', async () => {
    expect(forged('opaque').split('.')).toHaveLength(1);
  });

  it('tampers with the claims and keeps the signature', async () => {
    const text = forged('tampered');
    expect(text.split('.')[2]).toBe(token.split('.')[2]);
    expect(decoded(text).claims.sub).not.toBe(claims.sub);
  });

  it('leaves out the signature for alg none', async () => {
    const text = forged('none');
    expect(decoded(text).header.alg).toBe('none');
    expect(text.endsWith('.')).toBe(true);
  });

  it('signs by HMAC with the public key', async () => {
    const text = forged('hmac');
    const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const [header, body, signature] = text.split('.');
    expect(decoded(text).header.alg).toBe('HS256');
    expect(createHmac('sha256', pem).update(`${header}.${body}`).digest('base64url')).toBe(signature);
    expect(forge('hmac', { good, now })).toBeUndefined();
  });

  it('changes the one claim that is to be wrong, and no other that counts', () => {
    expect(wrongClaims('expired', good, now)).toMatchObject({ ...claims, iat: now - 7200, exp: now - 3600 });
    expect(wrongClaims('not-yet-valid', good, now)).toMatchObject({ nbf: now + 3600, aud: claims.aud });
    expect(wrongClaims('audience', good, now)).toEqual({ ...claims, aud: 'https://elsewhere.example/' });
    expect(wrongClaims('issuer', good, now)).toEqual({ ...claims, iss: 'https://elsewhere.example/' });
    expect(wrongClaims('tampered', good, now)).toBeUndefined();
  });
});

it.each(['', 'abc', 'a.b', 'a.b.c', '...', `${encodePart([])}.${encodePart({})}.x`])('%j is no token', (text) => {
  expect(decodeToken(text)).toBeUndefined();
});
