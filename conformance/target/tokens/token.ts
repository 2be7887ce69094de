/** A bearer token and what is known of it. */
export interface Token {
  /** Never printed. */
  readonly value: string;
  readonly scopes: readonly string[];
}

/** Why a token cannot be had, a sentence; a check skips with it, because of `because`. */
export interface Unobtainable {
  readonly unobtainable: string;
  readonly because: 'target' | 'credentials';
}

export function isUnobtainable(token: object): token is Unobtainable {
  return 'unobtainable' in token;
}

/**
 * A token that no honest server takes, made from a good one:
 * `opaque`: not three parts. `tampered`: other claims under the old signature. `foreign-key`: signed by a key of ours.
 * `none`: `alg: none`, no signature. `hmac`: HS256 with the target's public key as the secret. `expired`,
 * `not-yet-valid`, `audience`, `issuer`: that claim is wrong, signed by a key of ours, unless the target itself can
 * give such a token (an embedded one can): then signed by the right one.
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
  /** The target's own key signed it, so that the claim alone is wrong. */
  readonly genuine: boolean;
}

/** Where checks get tokens from. Tokens are kept, so that asking again costs nothing. */
export interface Tokens {
  /**
   * Each token costs something that its owner pays for: a real tenant. Then `withScopes` gives only what the pool
   * happens to have.
   */
  readonly metered: boolean;
  /** The token that may everything that we may. */
  full(): Promise<Token>;
  /** A token with exactly these scopes. */
  withScopes(scopes: readonly string[]): Promise<Token | Unobtainable>;
  /**
   * A dozen or so tokens, each with a random half of the scopes that the contract knows: together they try every
   * operation from both sides. The same ones throughout a run.
   */
  pool(): Promise<readonly Token[] | Unobtainable>;
  forged(forgery: Forgery): Promise<ForgedToken | Unobtainable>;
}
