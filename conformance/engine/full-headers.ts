import type { PlannedRequest } from '../target/request.js';
import { bearer, type Tokens, takesToken } from '../target/tokens/token.js';
import type { SendHeaders } from './check-run.js';

/** The authorization of a request with the full-access token, where its operation takes one. @throws Stop, NoAnswer */
export async function fullHeaders(tokens: Tokens, { operation }: PlannedRequest): Promise<SendHeaders> {
  if (operation !== undefined && !takesToken(operation, tokens)) return { rate: 'wait' };
  const token = await tokens.full();
  return { authorization: bearer(token), scopes: token.scopes, rate: 'wait' };
}
