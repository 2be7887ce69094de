import type { JWK } from 'jose';
import { calculateJwkThumbprint, errors, exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT } from 'jose';
import type { TokenFault } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import { TenantError } from '../errors.js';
import type { Caller } from '../provider.js';
import type { Identity } from './identity.js';

/** How long a token for the management API lasts, in seconds (documented). */
export const TOKEN_LIFETIME = 86_400;
/** So many verified tokens are remembered; more than any client holds at a time. */
const REMEMBERED = 1000;
const ALGORITHM = 'RS256';

/** The shortest RSA key that signs by RS256, in bits (RFC 7518, section 3.3). */
const SHORTEST_KEY = 2048;

/** An RSA key as `tenant.key` options have it: a private JWK. */
export type SigningKey = JWK;

export interface Claims {
  readonly clientId: string;
  readonly audience: string;
  readonly scopes: readonly string[];
  /** Seconds. */
  readonly lifetime: number;
}

interface Verified {
  readonly token: string;
  readonly caller: Caller;
  /** Milliseconds since 1970 between which the token holds. */
  readonly from: number;
  readonly until: number;
  readonly issuer: string;
}

/** Issues and verifies the tenant's tokens with one key pair. A verified token is remembered until it expires. */
export class Tokens {
  readonly #identity: Identity;
  readonly #privateKey: CryptoKey;
  readonly #publicKey: CryptoKey;
  /** The public key, as the key set shows it. */
  readonly publicJwk: JWK & { readonly kid: string };
  /** By the end of the token, which is cheaper to look up than all of it and as good as unique. */
  readonly #verified = new Map<string, Verified>();

  private constructor(
    identity: Identity,
    privateKey: CryptoKey,
    publicKey: CryptoKey,
    publicJwk: JWK & { readonly kid: string },
  ) {
    this.#identity = identity;
    this.#privateKey = privateKey;
    this.#publicKey = publicKey;
    this.publicJwk = publicJwk;
  }

  /**
   * @param key a private JWK; a new pair is generated where none is given
   * @throws TenantError where the key is none that signs
   */
  static async create(identity: Identity, key: SigningKey | undefined): Promise<Tokens> {
    const jwk = key ?? (await exportJWK((await generateKeyPair(ALGORITHM, { extractable: true })).privateKey));
    const { kty = 'RSA', n = '', e = '' } = jwk;
    if (key !== undefined) checkKind(key);
    const kid = await calculateJwkThumbprint({ kty, n, e });
    const [privateKey, publicKey] = await pairOf(jwk, { kty, n, e });
    return new Tokens(identity, privateKey, publicKey, { kty, use: 'sig', alg: ALGORITHM, kid, n, e });
  }

  /** @param now milliseconds since 1970 */
  issue({ clientId, audience, scopes, lifetime }: Claims, now: number): Promise<string> {
    const seconds = Math.floor(now / 1000);
    return new SignJWT({ azp: clientId, gty: 'client-credentials', scope: scopes.join(' ') })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid: this.publicJwk.kid })
      .setIssuer(`${this.#identity.url}/`)
      .setSubject(`${clientId}@clients`)
      .setAudience(audience)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + lifetime)
      .sign(this.#privateKey);
  }

  /** @param now milliseconds since 1970 */
  verify(token: string, now: number): Caller | Promise<Caller | Refusal> {
    const known = this.#verified.get(tailOf(token));
    if (known === undefined || known.token !== token) return this.#verifyAnew(token, now);
    if (now < known.until && now >= known.from && known.issuer === this.#identity.url) return known.caller;
    this.#verified.delete(tailOf(token));
    return this.#verifyAnew(token, now);
  }

  async #verifyAnew(token: string, now: number): Promise<Caller | Refusal> {
    const { url, audience } = this.#identity;
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => this.#keyFor(kid), {
        algorithms: [ALGORITHM],
        issuer: `${url}/`,
        audience,
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(now),
      });
      const scopes = typeof payload.scope === 'string' ? payload.scope.split(' ').filter((scope) => scope !== '') : [];
      const caller: Caller = { subject: payload.sub ?? '', scopes: new Set(scopes) };
      const from = (payload.nbf ?? 0) * 1000;
      this.#remember({ token, caller, from, until: (payload.exp ?? 0) * 1000, issuer: url });
      return caller;
    } catch (error) {
      return refusalOf(error);
    }
  }

  forget(): void {
    this.#verified.clear();
  }

  #remember(verified: Verified): void {
    if (this.#verified.size >= REMEMBERED) {
      const oldest = this.#verified.keys().next();
      if (oldest.done !== true) this.#verified.delete(oldest.value);
    }
    this.#verified.set(tailOf(verified.token), verified);
  }

  /** A key that is not in the key set signs nothing here, whatever it claims to be. */
  #keyFor(kid: string | undefined): CryptoKey {
    if (kid === this.publicJwk.kid) return this.#publicKey;
    throw kid === undefined
      ? new errors.JWSInvalid('no kid')
      : new errors.JWSSignatureVerificationFailed('unknown kid');
  }
}

/** @throws TenantError where a key is of another kind than what signs here */
function checkKind({ kty, n = '', e, d }: SigningKey): void {
  if (kty !== 'RSA') throw unusable(`it is of the type ${JSON.stringify(kty ?? null)}`);
  if (d === undefined || e === undefined) throw unusable('it is a public key');
  const bits = Buffer.from(n, 'base64url').length * 8;
  if (bits < SHORTEST_KEY) throw unusable(`it has ${bits} bits`);
}

/** @throws TenantError where what the private key signs, the public key does not verify */
async function pairOf(privateJwk: JWK, publicJwk: JWK): Promise<readonly [CryptoKey, CryptoKey]> {
  try {
    const [privateKey, publicKey] = await Promise.all([
      importJWK(privateJwk, ALGORITHM),
      importJWK(publicJwk, ALGORITHM),
    ]);
    if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array) throw new Error('it is no RSA key');
    const signed = await new SignJWT({}).setProtectedHeader({ alg: ALGORITHM }).sign(privateKey);
    await jwtVerify(signed, publicKey);
    return [privateKey, publicKey];
  } catch (error) {
    throw unusable(error instanceof Error ? error.message : String(error), error);
  }
}

function unusable(reason: string, cause?: unknown): TenantError {
  const expected = `expected a private RSA key of ${SHORTEST_KEY} bits or more, as a JWK`;
  return new TenantError('TENANT_KEY_INVALID', `The key cannot sign tokens: ${reason}; ${expected}.`, { cause });
}

function tailOf(token: string): string {
  return token.slice(-32);
}

/** What jose found → the fault and what to write in the log. Nothing of the token is in it. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof errors.JWTExpired) return fault('expired', 'the token has expired');
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return fault('signature', 'the signature is not by the key of this tenant');
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
    const audience = [error.payload.aud ?? ''].flat().join();
    return fault('audience', `the token is for "${audience}"`, { audience });
  }
  if (error instanceof errors.JWTClaimValidationFailed)
    return fault('other', `the claim "${error.claim}" does not hold`);
  return fault('other', error instanceof errors.JOSEError ? error.code : 'the token cannot be read');
}

function fault(kind: TokenFault, detail: string, values: Readonly<Record<string, string>> = {}): Refusal {
  return new Refusal({ kind: 'token', fault: kind }, values, detail);
}
