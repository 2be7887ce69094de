import type { Contract } from '../../contract/contract.js';
import type { EffectResult } from '../effect/effect-result.js';
import { TenantError } from '../errors.js';
import type { PlainResponse } from '../exchange.js';
import { MAX_BODY } from '../exchange.js';
import type { Endpoint } from '../routing/endpoint.js';
import { documentedAnswer } from './documented-error.js';
import { errorBody, errorShape } from './error-body.js';
import { isApiPath, OutsideContract, outsideHeader, outsideReason, slashAdvice } from './outside-contract.js';
import { Refusal } from './refusal.js';

/** A response, and the refusal behind it, if any. */
export interface Answer {
  readonly response: PlainResponse;
  readonly refusal?: Refusal;
  /** Why the request matched no operation, or which fault applied. */
  readonly reason?: string;
  /** Scopes that the request needed besides those of the operation. */
  readonly scopes?: readonly string[];
}

const JSON_TYPE = 'application/json; charset=utf-8';
const NO_HEADERS: Readonly<Record<string, string>> = {};

const TOO_LARGE = new Refusal({ kind: 'invalid', part: 'body' }, {}, `longer than ${MAX_BODY} bytes`);

export function success(endpoint: Endpoint, { body, scopes }: EffectResult): Answer {
  const { status, contentHeaders } = endpoint;
  const response =
    contentHeaders === undefined || body === undefined
      ? { status, headers: NO_HEADERS, body: '' }
      : { status, headers: contentHeaders, body: JSON.stringify(body) };
  return scopes === undefined ? { response } : { response, scopes };
}

export function refused(endpoint: Endpoint, refusal: Refusal): Answer {
  const response = endpoint.problems.answer(refusal);
  if (!(refusal instanceof OutsideContract)) return { response, refusal };
  return { response: { ...response, headers: { ...response.headers, ...outsideHeader(refusal.what) } }, refusal };
}

/** The answer to a body that was not read. Contracts need not document it. */
export function tooLarge(contract: Contract, endpoint: Endpoint): Answer {
  const message = `Payload content length greater than maximum allowed: ${MAX_BODY}`;
  return { response: errorAnswer(contract, endpoint, 413, message), refusal: TOO_LARGE };
}

/** An error that no problem of the contract names: as documented, else in the usual shape. */
export function errorAnswer(
  contract: Contract,
  { operation }: Endpoint,
  status: number,
  message: string,
): PlainResponse {
  // With problems, roles of properties say what an error body holds.
  const documented = contract.problems.size === 0 ? documentedAnswer(contract, operation, status, message) : undefined;
  if (documented !== undefined) return documented;
  const response = operation.responses.find((each) => each.status === String(status));
  const body = errorBody(errorShape(contract, response), { status, message });
  return { status, headers: { 'content-type': JSON_TYPE }, body };
}

/**
 * The answer to a change that could not be written to the folder of `--data`. Contracts need not document it.
 *
 * @throws any other error
 */
export function notKept(contract: Contract, endpoint: Endpoint, error: unknown): Answer {
  if (!(error instanceof TenantError) || error.code !== 'TENANT_DATA_UNWRITABLE') throw error;
  const message = `The change was not kept: ${error.message}.`;
  return { response: errorAnswer(contract, endpoint, 503, message), reason: error.message };
}

/** HEAD returns the headers of GET, including the content length. */
export function withoutBody({ status, headers, body }: PlainResponse): PlainResponse {
  return { status, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body: '' };
}

/**
 * The answer to a path that the contract does not have: 501 in its API, where the service may have it, else 404.
 *
 * @param isWhole - the contract leaves nothing out
 */
export function noPath(contract: Contract, path: string, isWhole: boolean): Answer {
  if (isWhole || !isApiPath(contract, path)) return withoutOperation(contract, 404, `Unknown path ${path}`, NO_HEADERS);
  const message = outsideReason(`path ${path}`);
  const { response } = withoutOperation(contract, 501, message, outsideHeader(`path ${path}`));
  return { response, reason: `${outsideReason('path')}${slashAdvice(path)}` };
}

/** OPTIONS lists the methods of a path; another method that the path lacks is refused with the same list. */
export function otherMethod(contract: Contract, method: string, methods: Iterable<string>, isWhole: boolean): Answer {
  const names = [...methods];
  const allow = [...names, ...(names.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  if (method === 'OPTIONS') return { response: { status: 204, headers: { allow }, body: '' } };
  const message = `Method ${method} not allowed; expected one of ${allow}`;
  if (isWhole) return withoutOperation(contract, 405, message, { allow });
  const { response } = withoutOperation(contract, 405, message, { allow, ...outsideHeader(`method ${method}`) });
  return { response, reason: `${outsideReason(`method ${method}`)}; expected one of ${allow}` };
}

function withoutOperation(
  contract: Contract,
  status: number,
  message: string,
  more: Readonly<Record<string, string>>,
): Answer {
  const body = errorBody(errorShape(contract, undefined), { status, message });
  return { response: { status, headers: { ...more, 'content-type': JSON_TYPE }, body }, reason: message };
}
