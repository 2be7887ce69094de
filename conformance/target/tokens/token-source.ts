import type { JsonWebKey } from 'node:crypto';
import type { Contract } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import { Stop } from '../../engine/stop.js';
import { excerpt } from '../../judge/safety.js';
import type { Redactor } from '../../redaction/redact.js';
import { keysOperation, tokenIn, tokenOperation, tokenRequest } from '../auth0/client-credentials.js';
import type { Clock } from '../clock.js';
import { type Exchange, succeeded } from '../exchange.js';
import { buildRequest, noValues, type PlannedRequest } from '../request.js';
import type { Target } from '../target.js';
import { forge, wrongClaims } from './forge.js';
import { scopeHalvesFor } from './halves.js';
import { decodeToken, scopesOf } from './jwt.js';
import type { ScopedIssuer } from './scoped-issuer.js';
import { type ForgedToken, type Forgery, isUnobtainable, type Token, type Tokens, type Unobtainable } from './token.js';
import { TokenLifetimes } from './token-lifetimes.js';

export interface TokenSourceOptions {
  readonly contract: Contract;
  readonly target: Target;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly seed: number;
  /** Sends without a token. */
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
  readonly issuer: ScopedIssuer;
}

/** How much of an answer a message quotes, in characters. */
const LONGEST_ANSWER = 160;

/** The tokens of a run, each requested once. */
export class TokenSource implements Tokens {
  readonly metered: boolean;
  readonly given: boolean;
  readonly #options: TokenSourceOptions;
  #full: Promise<Token> | undefined;
  readonly #pools = new Map<'scopes', Promise<readonly Token[] | Unobtainable>>();
  #publicKey: Promise<JsonWebKey | undefined> | undefined;
  readonly #scoped = new Map<string, Promise<Token | Unobtainable>>();
  readonly #lifetimes: TokenLifetimes;
  readonly #forged = new Map<Forgery, Promise<ForgedToken | Unobtainable>>();

  constructor(options: TokenSourceOptions) {
    this.#options = options;
    this.metered = options.target.metered;
    this.given = options.target.credentials.token !== undefined;
    this.#lifetimes = new TokenLifetimes(options.clock);
  }

  /** The header to send instead of one whose token has expired, or is about to. @throws Stop, NoAnswer */
  current(authorization: string): Promise<string> {
    return this.#replaced(authorization, (value) => this.#lifetimes.isEnding(value));
  }

  /** Another header where a token of the run was refused; absent where that is none. @throws Stop, NoAnswer */
  async refused(authorization: string): Promise<string | undefined> {
    const value = tokenOf(authorization);
    if (!this.#lifetimes.mayHaveExpired(value)) return undefined;
    const replaced = await this.#replaced(authorization, () => true);
    return replaced === authorization ? undefined : replaced;
  }

  async #replaced(authorization: string, isDue: (value: string) => boolean): Promise<string> {
    const given = tokenOf(authorization);
    const value = this.#lifetimes.latest(given);
    const scopes = this.#lifetimes.scopesOf(value);
    if (scopes === undefined) return authorization;
    // The same text, not an equal one: exchanges keep it.
    if (!isDue(value)) return value === given ? authorization : `Bearer ${value}`;
    const token = await this.#lifetimes.replaceOnce(value, () => this.#renew(value, scopes));
    return token === undefined ? authorization : `Bearer ${token}`;
  }

  async #renew(value: string, scopes: readonly string[]): Promise<string | undefined> {
    const full = await this.#full;
    if (full === undefined || value !== full.value) {
      const token = await this.#issue(scopes);
      return isUnobtainable(token) ? undefined : token.value;
    }
    if (this.#options.target.credentials.token !== undefined)
      throw new Stop('The token has expired; pass a new one, or a client that can get one.', 'credentials');
    this.#full = this.#requestFull();
    return (await this.#full).value;
  }

  /** @throws Stop where none can be obtained */
  full(): Promise<Token> {
    this.#full ??= this.#requestFull();
    return this.#full;
  }

  async withScopes(scopes: readonly string[]): Promise<Token | Unobtainable> {
    const wanted = keyOf(scopes);
    const full = await this.full();
    if (keyOf(full.scopes) === wanted) return full;
    const given = this.#options.target.credentials.scoped?.find(({ scopes }) => keyOf(scopes) === wanted);
    if (given !== undefined) return given;
    if (this.metered) {
      const pool = await this.pool();
      if ('unobtainable' in pool) return pool;
      const unobtainable = 'Tokens cost money at this target, and no token of the pool has exactly these scopes.';
      return pool.find((token) => keyOf(token.scopes) === wanted) ?? { unobtainable, because: 'target' };
    }
    return this.#kept(this.#scoped, wanted, () => this.#issueExactly(scopes));
  }

  pool(): Promise<readonly Token[] | Unobtainable> {
    return this.#kept(this.#pools, 'scopes', () => this.#issuePool());
  }

  forged(forgery: Forgery): Promise<ForgedToken | Unobtainable> {
    return this.#kept(this.#forged, forgery, () => this.#forge(forgery));
  }

  /** Keeps what was obtained. A request that got no answer is sent again next time. */
  #kept<K, T>(cache: Map<K, Promise<T>>, key: K, obtain: () => Promise<T>): Promise<T> {
    const known = cache.get(key);
    if (known !== undefined) return known;
    const obtained = obtain();
    cache.set(key, obtained);
    obtained.catch(() => cache.delete(key));
    return obtained;
  }

  async #requestFull(): Promise<Token> {
    const { contract, target, redactor, send } = this.#options;
    const { client, token } = target.credentials;
    if (token !== undefined) {
      return this.#lifetimes.note({ value: token, scopes: scopesOf(token) ?? contract.scopes });
    }
    if (client === undefined) throw new Stop('No credentials were given.', 'credentials');
    const operation = tokenOperation(contract);
    if (operation === undefined) {
      throw new Stop(
        'The contract has no operation that issues tokens: pass a token instead of a client.',
        'credentials',
      );
    }
    const exchange = await send(buildRequest(operation, tokenRequest(client, target.audience)));
    const value = succeeded(exchange) ? tokenIn(exchange.response) : undefined;
    if (value === undefined) {
      const { status, text, json, headers } = exchange.response;
      const answer =
        json === undefined
          ? `${status} with ${headers['content-type'] ?? 'no Content-Type'}, not JSON`
          : `${status} ${redactor.excerpt(excerpt(text), LONGEST_ANSWER)}`;
      const because = status === 401 || status === 403 || status === 400 ? 'credentials' : 'target';
      const client = because === 'credentials' ? 'refused the client' : 'issued no token';
      throw new Stop(`${operation.method} ${target.url}${operation.route} ${client}: ${answer}`, because);
    }
    redactor.hide(value, '$TOKEN');
    return this.#lifetimes.note({ value, scopes: scopesOf(value) ?? contract.scopes });
  }

  async #issueExactly(scopes: readonly string[]): Promise<Token | Unobtainable> {
    const token = await this.#issue(scopes);
    if (isUnobtainable(token) || keyOf(token.scopes) === keyOf(scopes)) return token;
    const unobtainable = `The target issued a token with ${token.scopes.length} scopes, but ${scopes.length} were granted.`;
    return { unobtainable, because: 'target' };
  }

  /** By the contract's own operations where it has them. */
  async #issue(scopes: readonly string[]): Promise<Token | Unobtainable> {
    const { contract, target, redactor, issuer } = this.#options;
    if (target.issue === undefined || tokenOperation(contract) !== undefined) {
      const token = await issuer.issue(scopes);
      return isUnobtainable(token) ? token : this.#lifetimes.note(token);
    }
    const value = await target.issue(scopes);
    redactor.hide(value, '$TOKEN');
    return this.#lifetimes.note({ value, scopes });
  }

  async #issuePool(): Promise<readonly Token[] | Unobtainable> {
    const { client, scoped } = this.#options.target.credentials;
    if (client === undefined && scoped !== undefined) return scoped;
    const { contract, seed } = this.#options;
    const tokens: Token[] = [];
    for (const scopes of scopeHalvesFor(contract, seed)) {
      const token = await this.#issue(scopes);
      if (isUnobtainable(token)) return token;
      tokens.push(token);
    }
    return tokens;
  }

  async #forge(forgery: Forgery): Promise<ForgedToken | Unobtainable> {
    const { clock, target, redactor } = this.#options;
    const full = await this.full();
    const good = decodeToken(full.value);
    if (good === undefined && forgery !== 'opaque') {
      return {
        unobtainable: 'The token of this target is not a JSON Web Token: none can be forged from it.',
        because: 'target',
      };
    }
    const decoded = good ?? { header: {}, claims: {}, signature: '' };
    const now = Math.floor(clock.now() / 1000);
    const claims = wrongClaims(forgery, decoded, now);
    if (claims !== undefined && target.sign !== undefined) {
      const value = await target.sign(claims);
      redactor.hide(value, '$TOKEN');
      return { value, scopes: full.scopes, genuine: true };
    }
    const publicKey = forgery === 'hmac' ? await this.#readPublicKey(decoded.header.kid) : undefined;
    const value = forge(forgery, { good: decoded, now, ...(publicKey === undefined ? {} : { publicKey }) });
    if (value === undefined)
      return { unobtainable: 'The target publishes no public key, which this forgery needs.', because: 'target' };
    return { value, scopes: full.scopes, genuine: false };
  }

  #readPublicKey(kid: unknown): Promise<JsonWebKey | undefined> {
    this.#publicKey ??= this.#requestPublicKey(kid);
    return this.#publicKey;
  }

  async #requestPublicKey(kid: unknown): Promise<JsonWebKey | undefined> {
    const { contract, send } = this.#options;
    const operation = keysOperation(contract);
    if (operation === undefined) return undefined;
    const { response } = await send(buildRequest(operation, noValues));
    const keys = isObject(response.json) ? response.json.keys : undefined;
    if (!Array.isArray(keys)) return undefined;
    const key: unknown = keys.find((candidate: unknown) => isObject(candidate) && candidate.kid === kid) ?? keys[0];
    // A JWK is a JSON object; node:crypto checks what is in it.
    return isObject(key) && key.kty === 'RSA' ? (key as JsonWebKey) : undefined;
  }
}

function tokenOf(authorization: string): string {
  return authorization.replace(/^Bearer /, '');
}

function keyOf(scopes: readonly string[]): string {
  return [...new Set(scopes)].sort().join(' ');
}
