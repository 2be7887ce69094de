import { createHash, createHmac, createPublicKey, type JsonWebKey } from 'node:crypto';
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
export function forge(forgery: Forgery, options: ForgeOptions): string | undefined {
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

/**
 * Somebody else's signature. A target cannot see whose it is, so none is computed: generating a key takes a tenth of a
 * second.
 */
function signByForeignKey(header: Claims, claims: Claims): string {
  const signed = `${encodePart({ ...header, alg: 'RS256' })}.${encodePart(claims)}`;
  const digests = [0, 1, 2, 3].map((part) => createHash('sha512').update(`${part} ${signed}`).digest());
  const signature = Buffer.concat(digests);
  signature[0] = 0x11; // below the modulus of any key of this length
  return `${signed}.${signature.toString('base64url')}`;
}

/** Algorithm confusion: the public key as the secret of an HMAC. */
function signByHmac(header: Claims, claims: Claims, publicKey: JsonWebKey): string {
  const pem = createPublicKey({ key: publicKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  const signed = `${encodePart(header)}.${encodePart(claims)}`;
  return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
}
