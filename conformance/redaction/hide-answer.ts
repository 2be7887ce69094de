import type { Contract } from '../../contract/contract.js';
import { passwordNames } from '../lookup/secret-places.js';
import type { Exchange } from '../target/exchange.js';
import type { Redactor } from './redact.js';

/** Masks from now on what the answer of an exchange, or the document of its operation, calls a secret. */
export function hideAnswer(
  redactor: Redactor,
  contract: Contract,
  { request: { operation }, response }: Pick<Exchange, 'request' | 'response'>,
): void {
  const secretNames = operation && passwordNames(contract, operation);
  redactor.hideInAnswer({ ...response, body: response.json, ...(secretNames === undefined ? {} : { secretNames }) });
}
