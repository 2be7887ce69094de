import type { Operation } from '../../contract/contract.js';
import type { Answer } from '../answer/answer.js';
import type { PlainRequest } from '../exchange.js';
import { reasonOf } from '../log/served-request.js';
import type { Caller } from '../provider.js';
import type { Fault } from './faults.js';
import { Faults } from './faults.js';
import { RequestLog } from './request-log.js';
import { ScopeUse } from './scope-use.js';

/** What the pipeline found out about a request of an operation. */
export interface WatchedRequest {
  readonly endpoint: { readonly operation: Operation };
  /** When it came, by the monotonic clock. */
  readonly began: number;
  readonly fault: Fault | undefined;
  /** Its target, if it was remembered. */
  readonly known: Pick<PlainRequest, 'path' | 'query'> | undefined;
  readonly caller: Caller | undefined;
}

/** Watches the requests of a tenant, and makes them fail on demand. */
export class Monitor {
  readonly faults = new Faults();
  readonly log = new RequestLog();
  readonly scopes = new ScopeUse();

  faultFor(operation: Operation): Fault | undefined {
    return this.faults.size === 0 ? undefined : this.faults.take(operation.id);
  }

  /** @param at - milliseconds since 1970 */
  served(request: PlainRequest, watched: WatchedRequest | undefined, answer: Answer, at: number): void {
    const caller = watched?.caller;
    const operation = watched?.endpoint.operation;
    const fault = watched?.fault?.id;
    // Text that is there anyway, where there is such: the log would keep that of each request alive.
    const { path, query } = watched?.known ?? request;
    // Written out: this runs for every request, and spreading objects would cost more than the rest of it.
    this.log.add({
      at,
      duration: watched === undefined ? 0 : performance.now() - watched.began,
      method: request.method,
      path,
      query,
      status: answer.response.status,
      operation: operation?.id,
      client: caller?.client,
      reason: answer.refusal === undefined ? answer.reason : reasonOf(answer.refusal),
      fault,
    });
    if (caller === undefined || operation === undefined || operation.security.length === 0) return;
    const cause = answer.refusal?.cause.kind;
    // Whether a request would have needed its scopes is not known if it got no further than the rate limit.
    if (cause === 'rate' || fault !== undefined) return;
    const isRefused = cause === 'scope';
    const more = isRefused ? lackedBesides(answer, operation, caller) : answer.scopes;
    this.scopes.add(caller, operation, isRefused, more);
  }

  clear(): void {
    this.log.clear();
    this.scopes.clear();
    this.faults.clear();
  }
}

/** The scopes in a refusal, if those of the operation were there: properties that were asked for need them. */
function lackedBesides(
  { refusal }: Answer,
  { security }: Operation,
  { scopes }: Caller,
): readonly string[] | undefined {
  const isAdmitted = security.some((alternative) => alternative.scopes.every((scope) => scopes.has(scope)));
  return isAdmitted ? refusal?.values.scopes?.split(',') : undefined;
}
