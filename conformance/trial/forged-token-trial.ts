import type { TokenFault } from '../../contract/contract.js';
import type { CheckContext } from '../check.js';
import { type Forgery, isUnobtainable, type Unobtainable } from '../target/tokens/token.js';
import { type BadToken, tryBadTokens } from './token-trial.js';

/** A forgery, what to call it, and the causes that its refusal may have where the claim alone is wrong. */
export interface ForgedTrial {
  readonly forgery: Forgery;
  readonly what: string;
  readonly faults: readonly TokenFault[];
}

/** Tries forged tokens; those that cannot be made are named as missed. */
export async function tryForgedTokens(context: CheckContext, trials: readonly ForgedTrial[]): Promise<void> {
  const tokens: BadToken[] = [];
  const lacking: Unobtainable[] = [];
  for (const { forgery, what, faults } of trials) {
    const token = await context.tokens.forged(forgery);
    if (isUnobtainable(token)) {
      lacking.push(token);
      context.missed(what, token.unobtainable);
    }
    // With a key of ours the signature is wrong too, and which of both is told is the server's choice.
    else tokens.push({ what, faults: token.genuine ? faults : [], send: { token } });
  }
  const [first] = lacking;
  if (tokens.length === 0 && first) context.skip(first.unobtainable, first.because);
  await tryBadTokens(context, tokens);
}
