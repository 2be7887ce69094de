import type { Operation } from '../../../contract/contract.js';

/** A bearer token and its scopes. */
export interface Token {
  /** Never printed. */
  readonly value: string;
  readonly scopes: readonly string[];
}

const headers = new WeakMap<Token, string>();

/** The Authorization header of a token: one text, however many requests of a run carry it and keep it. */
export function bearer(token: Token): string {
  const header = headers.get(token) ?? `Bearer ${token.value}`;
  headers.set(token, header);
  return header;
}

/** Why a token cannot be obtained, a sentence; a check skips with it. */
export interface Unobtainable {
  readonly unobtainable: string;
  readonly because: 'target' | 'credentials';
}

export function isUnobtainable(token: object): token is Unobtainable {
  return 'unobtainable' in token;
}

/**
 * A token that a correct server refuses, made from a valid one:
 * `opaque`: not three parts. `tampered`: other claims under the old signature. `foreign-key`: signed by another key.
 * `none`: `alg: none`, no signature. `hmac`: HS256 with the target's public key as the secret. `expired`,
 * `not-yet-valid`, `audience`, `issuer`: that claim is wrong; signed by another key, or by the right one where the
 * target can sign such a token (the embedded tenant can).
 */
export type Forgery =
  | 'opaque'
  | 'tampered'
  | 'foreign-key'
  | 'none'
  | 'hmac'
  | 'expired'
  | 'not-yet-valid'
  | 'audience'
  | 'issuer';

export interface ForgedToken extends Token {
  /** Signed by the target's own key: only the claim is wrong. */
  readonly genuine: boolean;
}

/** Whether the run sends a token with requests of an operation: one that it needs, or one of the user that it may take. */
export function takesToken({ security, offered }: Operation, { given }: Pick<Tokens, 'given'>): boolean {
  return security.length > 0 || (given && offered !== undefined);
}

/** The tokens of a run. Tokens are kept: requesting one again costs nothing. */
export interface Tokens {
  /**
   * Tokens cost money at this target: a real tenant. `withScopes` then returns only tokens of the pool.
   */
  readonly metered: boolean;
  /** The user gave an access token. */
  readonly given: boolean;
  /** The full-access token: all scopes that the credentials have. */
  full(): Promise<Token>;
  /** A token with exactly these scopes. */
  withScopes(scopes: readonly string[]): Promise<Token | Unobtainable>;
  /**
   * About twelve tokens, each with a random half of the contract's scopes: together they are enough and not enough for
   * every operation. The same ones throughout a run.
   */
  pool(): Promise<readonly Token[] | Unobtainable>;
  forged(forgery: Forgery): Promise<ForgedToken | Unobtainable>;
}
