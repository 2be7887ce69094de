import type { Operation } from '../../contract/contract.js';
import type { Answered } from '../answer/answer.js';
import type { Refusal } from '../answer/refusal.js';
import type { PlainRequest } from '../exchange.js';

/** What happened to one request, for a log. */
export interface Served {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The operation that it reached. */
  readonly operation: string | undefined;
  /** Why it was refused; no token and no secret is in it. */
  readonly reason: string | undefined;
}

export function servedAs(request: PlainRequest, operation: Operation | undefined, answered: Answered): Served {
  const { refusal, reason, response } = answered;
  return {
    method: request.method,
    path: request.path,
    status: response.status,
    operation: operation?.id,
    reason: refusal === undefined ? reason : `${nameOf(refusal)}: ${refusal.detail}`,
  };
}

function nameOf({ cause }: Refusal): string {
  if (cause.kind === 'token') return `token ${cause.fault}`;
  return cause.kind === 'invalid' ? `invalid ${cause.part}` : cause.kind;
}
