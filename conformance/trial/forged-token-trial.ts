import type { Operation, TokenFault } from '../../contract/contract.js';
import type { CheckContext } from '../check.js';
import { decodeToken } from '../target/tokens/jwt.js';
import { type Forgery, isUnobtainable, type Unobtainable } from '../target/tokens/token.js';
import { problemsOf } from './expected-refusal.js';
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

/** Faults that only a token with a signature and claims has. */
const OF_JWT: ReadonlySet<TokenFault> = new Set<TokenFault>(['signature', 'expired', 'audience']);

/** Whether the contract says that tokens of this operation are JSON Web Tokens, by the scheme or by a problem. */
function saysJwt(operation: Operation): boolean {
  const isOfJwt = problemsOf(operation, (cause) => cause.kind === 'token' && OF_JWT.has(cause.fault)).length > 0;
  return isOfJwt || operation.security.some(({ jwt }) => jwt === true);
}

/** Tries forged tokens. Those that cannot be made are reported as not tried. */
export async function tryForgedTokens(context: CheckContext, trials: readonly ForgedTrial[]): Promise<void> {
  if (!saysJwt(context.operation) && decodeToken((await context.tokens.full()).value) === undefined)
    context.skip(
      'The token has no claims and no signature to forge, and the document does not ask for them.',
      'contract',
    );
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
