import { randomUUID } from 'node:crypto';
import type { JWK, JWTPayload } from 'jose';
import { calculateJwkThumbprint, errors, exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT } from 'jose';
import type { TokenFault } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import { TenantError } from '../errors.js';
import type { Caller } from '../provider.js';
import type { Identity } from './identity.js';

const ALGORITHM = 'RS256';

/** The minimum length of an RSA key for RS256, in bits (RFC 7518, section 3.3). */
const MIN_KEY_BITS = 2048;

/** A private RSA key as a JWK. */
export type SigningKey = JWK;

export interface Claims {
  readonly clientId: string;
  readonly audience: string;
  readonly scopes: readonly string[];
  /** Whether the token has a claim with its permissions beside `scope`. */
  readonly withPermissions?: boolean;
  /** Seconds. */
  readonly lifetime: number;
}

/** What a valid token says, and when it is valid, in milliseconds since 1970. */
export interface TokenContent {
  readonly caller: Caller;
  /** Inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly until: number;
}

/** Signs tokens and verifies signatures with one key pair. */
export class TokenSigner {
  readonly #privateKey: CryptoKey;
  readonly #publicKey: CryptoKey;
  readonly signingKey: SigningKey;
  /** The public key as the key set publishes it. */
  readonly publicJwk: JWK & { readonly kid: string };

  private constructor(
    signingKey: SigningKey,
    [privateKey, publicKey]: readonly [CryptoKey, CryptoKey],
    publicJwk: JWK & { readonly kid: string },
  ) {
    this.#privateKey = privateKey;
    this.#publicKey = publicKey;
    this.signingKey = signingKey;
    this.publicJwk = publicJwk;
  }

  /**
   * @param key a private JWK; undefined takes the pair of this process
   * @throws TenantError if the key cannot sign
   */
  static async create(key: SigningKey | undefined): Promise<TokenSigner> {
    if (key !== undefined) checkKind(key);
    const jwk = key ?? (await newKey());
    const { n = '', e = '' } = jwk;
    const kty = 'RSA';
    const kid = jwk.kid ?? (await calculateJwkThumbprint({ kty, n, e }));
    return new TokenSigner(jwk, await pairOf(jwk, { kty, n, e }), { kty, use: 'sig', alg: ALGORITHM, kid, n, e });
  }

  /** @param now milliseconds since 1970 */
  sign({ clientId, audience, scopes, withPermissions, lifetime }: Claims, url: string, now: number): Promise<string> {
    const seconds = Math.floor(now / 1000);
    const permissions = withPermissions === true ? { permissions: [...scopes] } : {};
    return new SignJWT({ azp: clientId, gty: 'client-credentials', scope: scopes.join(' '), ...permissions })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid: this.publicJwk.kid })
      .setIssuer(`${url}/`)
      .setSubject(`${clientId}@clients`)
      .setAudience(audience)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + lifetime)
      .sign(this.#privateKey);
  }

  /** @param now milliseconds since 1970 */
  async verify(token: string, { url, audience }: Identity, now: number): Promise<TokenContent | Refusal> {
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => this.#keyFor(kid), {
        algorithms: [ALGORITHM],
        issuer: `${url}/`,
        audience,
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(now),
      });
      const scopes = typeof payload.scope === 'string' ? payload.scope.split(' ').filter((scope) => scope !== '') : [];
      const subject = subjectOf(payload);
      const caller: Caller = { subject, client: subject.replace(/@clients$/, ''), scopes: new Set(scopes) };
      return { caller, from: (payload.nbf ?? 0) * 1000, until: (payload.exp ?? 0) * 1000 };
    } catch (error) {
      return refusalOf(error);
    }
  }

  /** Only the key in the key set is accepted. */
  #keyFor(kid: string | undefined): CryptoKey {
    if (kid === this.publicJwk.kid) return this.#publicKey;
    throw kid === undefined
      ? new errors.JWSInvalid('no kid')
      : new errors.JWSSignatureVerificationFailed('unknown kid');
  }
}

/** The key pair of all tenants of this process: generating one takes ten times as long as the rest of a tenant. */
let generated: Promise<SigningKey> | undefined;

/** The id is the tenant's own: a token of another tenant names an unknown key. */
async function newKey(): Promise<SigningKey> {
  generated ??= generateKeyPair(ALGORITHM, { extractable: true }).then(({ privateKey }) => exportJWK(privateKey));
  return { ...(await generated), kid: randomUUID() };
}

/** RFC 7519 requires a string; jose checks only that the claim is there. @throws JWTClaimValidationFailed */
function subjectOf(payload: JWTPayload): string {
  const { sub } = payload;
  if (typeof sub === 'string' && sub !== '') return sub;
  throw new errors.JWTClaimValidationFailed('"sub" claim must be a string', payload, 'sub', 'invalid');
}

/** @throws TenantError unless it is a private RSA key of sufficient length */
function checkKind({ kty, n = '', e, d }: SigningKey): void {
  if (kty !== 'RSA') throw unusable(`its type is ${JSON.stringify(kty ?? null)}`);
  if (d === undefined || e === undefined) throw unusable('it is a public key');
  const bits = Buffer.from(n, 'base64url').length * 8;
  if (bits < MIN_KEY_BITS) throw unusable(`it has ${bits} bits`);
}

/** @throws TenantError if the public key does not verify a signature of the private key */
async function pairOf(privateJwk: JWK, publicJwk: JWK): Promise<readonly [CryptoKey, CryptoKey]> {
  try {
    const [privateKey, publicKey] = await Promise.all([
      importJWK(privateJwk, ALGORITHM),
      importJWK(publicJwk, ALGORITHM),
    ]);
    if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array) throw new Error('it is not an RSA key');
    const signed = await new SignJWT({}).setProtectedHeader({ alg: ALGORITHM }).sign(privateKey);
    await jwtVerify(signed, publicKey);
    return [privateKey, publicKey];
  } catch (error) {
    throw unusable(error instanceof Error ? error.message : String(error), error);
  }
}

function unusable(reason: string, cause?: unknown): TenantError {
  const expected = `expected a private RSA key of at least ${MIN_KEY_BITS} bits, as a JWK`;
  return new TenantError('TENANT_KEY_INVALID', `the key cannot sign tokens: ${reason}; ${expected}`, { cause });
}

/** Maps an error of jose to a refusal. The detail, which is logged, contains nothing of the token but its audience. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof errors.JWTExpired) return fault('expired', 'the token has expired');
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return fault('signature', 'the signature does not match the key of this tenant');
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
    const audience = [error.payload.aud ?? ''].flat().join();
    return fault('audience', `the token is for "${audience}"`, { audience });
  }
  if (error instanceof errors.JWTClaimValidationFailed) return fault('other', `invalid claim "${error.claim}"`);
  return fault('other', error instanceof errors.JOSEError ? error.code : 'malformed token');
}

function fault(kind: TokenFault, detail: string, values: Readonly<Record<string, string>> = {}): Refusal {
  return new Refusal({ kind: 'token', fault: kind }, values, detail);
}
