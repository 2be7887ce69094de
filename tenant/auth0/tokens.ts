import { lazy } from '../../contract/lazy.js';
import { Refusal } from '../answer/refusal.js';
import type { Caller } from '../provider.js';
import type { Identity } from './identity.js';
import type { Claims, SigningKey, TokenContent, TokenSigner } from './token-signer.js';

/** The lifetime of a token for the management API, in seconds (documented). */
export const TOKEN_LIFETIME = 86_400;
/** The size of the cache of verified tokens; more than any client uses at a time. */
const CACHE_SIZE = 1000;

interface VerifiedToken extends TokenContent {
  readonly token: string;
  readonly issuer: string;
}

/** Issues and verifies the tenant's tokens with one key pair. A verified token is cached until it expires. */
export class Tokens {
  readonly #identity: Identity;
  readonly #signer: () => Promise<TokenSigner>;
  readonly #cacheSize: number;
  /** Keyed by the tail of the token: cheaper to hash than the whole token, and practically unique. */
  readonly #verified = new Map<string, VerifiedToken>();

  private constructor(identity: Identity, signer: () => Promise<TokenSigner>, cacheSize: number) {
    this.#identity = identity;
    this.#signer = signer;
    this.#cacheSize = cacheSize;
  }

  /**
   * @param key a private JWK; undefined takes the pair of this process. Generating it takes longer than the rest of
   * a tenant, so it is generated when something first needs it
   * @param cacheSize how many verified tokens are remembered
   * @throws TenantError if the key cannot sign
   */
  static async create(identity: Identity, key: SigningKey | undefined, cacheSize = CACHE_SIZE): Promise<Tokens> {
    const signer = lazy(async () => (await import('./token-signer.js')).TokenSigner.create(key));
    if (key !== undefined) await signer();
    return new Tokens(identity, signer, cacheSize);
  }

  /** The private key. */
  async signingKey(): Promise<SigningKey> {
    return (await this.#signer()).signingKey;
  }

  /** The public key as the key set publishes it. */
  async publicJwk(): Promise<TokenSigner['publicJwk']> {
    return (await this.#signer()).publicJwk;
  }

  /** @param now milliseconds since 1970 */
  async issue(claims: Claims, now: number): Promise<string> {
    return (await this.#signer()).sign(claims, this.#identity.url, now);
  }

  /** @param now milliseconds since 1970 */
  verify(token: string, now: number): Caller | Promise<Caller | Refusal> {
    const known = this.#verified.get(tailOf(token));
    if (known === undefined || known.token !== token) return this.#verifySignature(token, now);
    if (now < known.until && now >= known.from && known.issuer === this.#identity.url) return known.caller;
    this.#verified.delete(tailOf(token));
    return this.#verifySignature(token, now);
  }

  async #verifySignature(token: string, now: number): Promise<Caller | Refusal> {
    const issuer = this.#identity.url;
    const content = await (await this.#signer()).verify(token, this.#identity, now);
    if (content instanceof Refusal) return content;
    this.#remember({ token, issuer, ...content });
    return content.caller;
  }

  forget(): void {
    this.#verified.clear();
  }

  #remember(verified: VerifiedToken): void {
    if (this.#verified.size >= this.#cacheSize) {
      const oldest = this.#verified.keys().next();
      if (oldest.done !== true) this.#verified.delete(oldest.value);
    }
    this.#verified.set(tailOf(verified.token), verified);
  }
}

function tailOf(token: string): string {
  return token.slice(-32);
}
