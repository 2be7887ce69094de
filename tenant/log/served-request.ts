import type { Operation } from '../../contract/contract.js';
import type { Answer } from '../answer/answer.js';
import { OutsideContract, outsideReason } from '../answer/outside-contract.js';
import type { Refusal } from '../answer/refusal.js';
import type { PlainRequest } from '../exchange.js';

/** A request and its answer, for a log. */
export interface ServedRequest {
  readonly method: string;
  readonly path: string;
  /** The text after the `?`, or empty. */
  readonly query: string;
  readonly status: number;
  /** The id of the operation, if the request matched one. */
  readonly operation: string | undefined;
  /** Why the request was refused, without tokens and secrets. */
  readonly reason: string | undefined;
}

export function servedAs(request: PlainRequest, operation: Operation | undefined, answer: Answer): ServedRequest {
  const { refusal, reason, response } = answer;
  return {
    method: request.method,
    path: request.path,
    query: request.query,
    status: response.status,
    operation: operation?.id,
    reason: refusal === undefined ? reason : reasonOf(refusal),
  };
}

/** Why a request was refused, for a log. */
export function reasonOf(refusal: Refusal): string {
  if (refusal instanceof OutsideContract) return outsideReason(refusal.what);
  return `${labelOf(refusal)}: ${refusal.detail}`;
}

function labelOf({ cause }: Refusal): string {
  if (cause.kind === 'token') return `token ${cause.fault}`;
  return cause.kind === 'invalid' ? `invalid ${cause.part}` : cause.kind;
}
