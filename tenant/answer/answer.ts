import type { Contract } from '../../contract/contract.js';
import type { Outcome } from '../effect/act.js';
import type { PlainResponse } from '../exchange.js';
import { MAX_BODY } from '../exchange.js';
import type { Endpoint } from '../routing/endpoint.js';
import { errorBody, errorShape } from './error-body.js';
import { Refusal } from './refusal.js';

/** An answer, and why it is a refusal if it is one. */
export interface Answered {
  readonly response: PlainResponse;
  readonly refusal?: Refusal;
  /** In place of a refusal, where no operation was reached. */
  readonly reason?: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const NONE: Readonly<Record<string, string>> = {};

const TOO_LARGE = new Refusal({ kind: 'invalid', part: 'body' }, {}, `longer than ${MAX_BODY} bytes`);

export function success(endpoint: Endpoint, { body }: Outcome): Answered {
  const { status, contentHeaders } = endpoint;
  if (contentHeaders === undefined || body === undefined) return { response: { status, headers: NONE, body: '' } };
  return { response: { status, headers: contentHeaders, body: JSON.stringify(body) } };
}

export function refused(endpoint: Endpoint, refusal: Refusal): Answered {
  return { response: endpoint.problems.answer(refusal), refusal };
}

/** A body that was not read; no contract has to document it. */
export function tooLarge(contract: Contract, endpoint: Endpoint): Answered {
  const message = `Payload content length greater than maximum allowed: ${MAX_BODY}`;
  const response = endpoint.operation.responses.find(({ status }) => status === '413');
  const body = errorBody(errorShape(contract, response), { status: 413, message });
  return { response: { status: 413, headers: { 'content-type': JSON_TYPE }, body }, refusal: TOO_LARGE };
}

/** HEAD has the headers of GET, the length of its body among them. */
export function withoutBody({ status, headers, body }: PlainResponse): PlainResponse {
  return { status, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body: '' };
}

/** A path that the contract does not have. */
export function noPath(contract: Contract, path: string): Answered {
  return outside(contract, 404, `There is no path ${path}`, NONE);
}

/** OPTIONS tells the methods of a path; any other that the path does not have is refused with the same list. */
export function otherMethod(contract: Contract, method: string, methods: Iterable<string>): Answered {
  const known = [...methods];
  const allow = [...known, ...(known.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  if (method === 'OPTIONS') return { response: { status: 204, headers: { allow }, body: '' } };
  return outside(contract, 405, `${method} is not one of ${allow}`, { allow });
}

function outside(
  contract: Contract,
  status: number,
  message: string,
  more: Readonly<Record<string, string>>,
): Answered {
  const body = errorBody(errorShape(contract, undefined), { status, message });
  return { response: { status, headers: { ...more, 'content-type': JSON_TYPE }, body }, reason: message };
}
