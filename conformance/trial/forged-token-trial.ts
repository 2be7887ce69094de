import type { TokenFault } from '../../contract/contract.js';
import type { CheckContext } from '../check.js';
import { type Forgery, isUnobtainable, type Unobtainable } from '../target/tokens/token.js';
import { type BadToken, tryBadTokens } from './token-trial.js';

export interface ForgedTrial {
  readonly forgery: Forgery;
  /** `an expired token`. */
  readonly name: string;
  /** `the token is expired`. */
  readonly because: string;
  /** The causes that its refusal may have where nothing else is wrong with the token. */
  readonly faults: readonly TokenFault[];
}

/** Tries forged tokens. Those that cannot be made are reported as not tried. */
export async function tryForgedTokens(context: CheckContext, trials: readonly ForgedTrial[]): Promise<void> {
  const tokens: BadToken[] = [];
  const unobtainable: Unobtainable[] = [];
  for (const { forgery, name, because, faults } of trials) {
    const token = await context.tokens.forged(forgery);
    if (isUnobtainable(token)) {
      unobtainable.push(token);
      context.missed(name, token.unobtainable);
    }
    // Signed by our key, its signature is wrong as well, and the server may report either fault.
    else tokens.push({ because, faults: token.genuine ? faults : [], send: { token } });
  }
  const [first] = unobtainable;
  if (tokens.length === 0 && first) context.skip(first.unobtainable, first.because);
  await tryBadTokens(context, tokens);
}
