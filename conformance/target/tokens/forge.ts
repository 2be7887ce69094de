import { createHmac, createPublicKey, generateKeyPair, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { type DecodedToken, encodePart } from './jwt.js';
import type { Forgery } from './token.js';

/** The inputs of a forgery. */
export interface ForgeOptions {
  readonly good: DecodedToken;
  /** The public key that the target publishes; absent where it publishes none. */
  readonly publicKey?: JsonWebKey;
  /** Seconds since 1970. */
  readonly now: number;
}

type Claims = Readonly<Record<string, unknown>>;

/** The wrong claims of forgeries that are about claims. */
export function wrongClaims(forgery: Forgery, { claims }: DecodedToken, now: number): Claims | undefined {
  switch (forgery) {
    case 'expired':
      return { ...claims, iat: now - 7200, exp: now - 3600 };
    case 'not-yet-valid':
      return { ...claims, iat: now + 3600, nbf: now + 3600, exp: now + 7200 };
    case 'audience':
      return { ...claims, aud: 'https://elsewhere.example/' };
    case 'issuer':
      return { ...claims, iss: 'https://elsewhere.example/' };
    default:
      return undefined;
  }
}

/** Forges a token without the target's private key. Absent where it needs a public key that the target lacks. */
export async function forge(forgery: Forgery, options: ForgeOptions): Promise<string | undefined> {
  const { good, publicKey, now } = options;
  const { header, claims, signature } = good;
  switch (forgery) {
    case 'opaque':
      return 'opaque-token-that-is-not-a-jwt';
    case 'tampered':
      return `${encodePart(header)}.${encodePart({ ...claims, sub: 'somebody-else@clients' })}.${signature}`;
    case 'none':
      return `${encodePart({ ...header, alg: 'none' })}.${encodePart(claims)}.`;
    case 'hmac':
      return publicKey === undefined ? undefined : signByHmac({ ...header, alg: 'HS256' }, claims, publicKey);
    default:
      return signByForeignKey(header, wrongClaims(forgery, good, now) ?? claims);
  }
}

let foreign: Promise<{ readonly privateKey: KeyObject }> | undefined;

async function signByForeignKey(header: Claims, claims: Claims): Promise<string> {
  // One key per process: generating one takes a tenth of a second.
  foreign ??= promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const { privateKey } = await foreign;
  const signed = `${encodePart({ ...header, alg: 'RS256' })}.${encodePart(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

/** Algorithm confusion: the public key as the secret of an HMAC. */
function signByHmac(header: Claims, claims: Claims, publicKey: JsonWebKey): string {
  const pem = createPublicKey({ key: publicKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  const signed = `${encodePart(header)}.${encodePart(claims)}`;
  return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
}
