import type { Clock } from '../clock.js';
import { decodeToken } from './jwt.js';
import type { Token } from './token.js';

/** A token is replaced so long before its end, in milliseconds: a request may wait for its turn. */
const MARGIN_MS = 120_000;
/** Of a short lifetime, this share is enough. */
const MARGIN_SHARE = 0.25;

/** A target that refuses a token so soon would refuse its replacement as well, in milliseconds. */
const NEW_MS = 5000;

interface Lifetime {
  readonly scopes: readonly string[];
  readonly receivedAt: number;
  /** In milliseconds; Infinity where the token does not say. */
  readonly lasts: number;
  replacement?: string;
  replacing?: Promise<string | undefined>;
}

/**
 * When the tokens of a run end, by the time since they were received: the clocks of target and run may differ, so only
 * the difference of two times in the token counts.
 */
export class TokenLifetimes {
  readonly #clock: Clock;
  readonly #tokens = new Map<string, Lifetime>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Call with each token that was received. @returns the token */
  note(token: Token): Token {
    const { exp, iat } = decodeToken(token.value)?.claims ?? {};
    const lasts = typeof exp === 'number' && typeof iat === 'number' ? (exp - iat) * 1000 : Number.POSITIVE_INFINITY;
    if (!this.#tokens.has(token.value))
      this.#tokens.set(token.value, { scopes: token.scopes, receivedAt: this.#clock.now(), lasts });
    return token;
  }

  /** The scopes of a token of the run; absent for any other. */
  scopesOf(value: string): readonly string[] | undefined {
    return this.#tokens.get(value)?.scopes;
  }

  /** The token that replaces this one, if any. */
  latest(value: string): string {
    let latest = value;
    for (let next = this.#tokens.get(latest)?.replacement; next !== undefined; ) {
      latest = next;
      next = this.#tokens.get(latest)?.replacement;
    }
    return latest;
  }

  /** Whether a token has ended, or will before long. */
  isEnding(value: string): boolean {
    const token = this.#tokens.get(value);
    if (token === undefined) return false;
    const margin = Math.min(MARGIN_MS, token.lasts * MARGIN_SHARE);
    return this.#clock.now() - token.receivedAt >= token.lasts - margin;
  }

  /** Whether a refusal may mean that the token has ended: it is one of the run, and not a new one. */
  mayHaveExpired(value: string): boolean {
    const token = this.#tokens.get(value);
    return token !== undefined && this.#clock.now() - token.receivedAt >= NEW_MS;
  }

  /** Obtains a replacement; side by side only once. */
  replaceOnce(value: string, obtain: () => Promise<string | undefined>): Promise<string | undefined> {
    const token = this.#tokens.get(value);
    if (token === undefined) return obtain();
    token.replacing ??= obtain()
      .then((replacement) => {
        if (replacement !== undefined && replacement !== value) token.replacement = replacement;
        return replacement;
      })
      .finally(() => delete token.replacing);
    return token.replacing;
  }
}
