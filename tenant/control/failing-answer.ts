import { STATUS_CODES } from 'node:http';
import type { Contract } from '../../contract/contract.js';
import type { Answer } from '../answer/answer.js';
import { errorAnswer, refused } from '../answer/answer.js';
import { Refusal } from '../answer/refusal.js';
import type { Endpoint } from '../routing/endpoint.js';
import type { Fault } from './faults.js';

/** The message of a 500, as services of this kind word it. */
const MESSAGES: Readonly<Record<number, string>> = { 500: 'An internal server error occurred' };

/** The answer to a request that fails on demand. @param now - milliseconds since 1970 */
export function failingAnswer(fault: Fault, endpoint: Endpoint, contract: Contract, now: number): Answer {
  const { id, status = 500, reset = false, retryAfter = 1 } = fault;
  const reason = `fault on demand: ${id}`;
  if (reset) return { response: { status: 0, headers: {}, body: '', isReset: true }, reason };
  if (status === 429) return { ...rateLimited(endpoint, contract, now / 1000 + retryAfter, retryAfter), reason };
  const message = MESSAGES[status] ?? STATUS_CODES[status] ?? 'Error';
  return { response: errorAnswer(contract, endpoint, status, message), reason };
}

/** As the contract answers a request beyond the rate limit. @param reset - Unix seconds */
function rateLimited(endpoint: Endpoint, contract: Contract, reset: number, retryAfter: number): Answer {
  const { headers: names, problem } = contract.rateLimit ?? {};
  const { response } = refused(endpoint, new Refusal({ kind: 'rate' }, {}, 'fault on demand', problem));
  const headers: Readonly<Record<string, string>> =
    names === undefined
      ? { 'retry-after': String(retryAfter) }
      : { [names.limit]: '1', [names.remaining]: '0', [names.reset]: String(Math.ceil(reset)) };
  return { response: { ...response, headers: { ...response.headers, ...headers } } };
}
