import type { Operation } from '../../contract/contract.js';
import type { Exchange } from '../target/exchange.js';

/** Whether this is the documented answer to an invalid token, or to none. */
export function isTokenRefusal({ responses }: Operation, { response }: Exchange): boolean {
  if (response.status === 401) return true;
  const problems = responses.find(({ status }) => status === String(response.status))?.problems ?? [];
  return problems.some(
    ({ when, errorCode }) =>
      when.kind === 'token' && errorCode !== undefined && response.text.includes(`"${errorCode}"`),
  );
}
