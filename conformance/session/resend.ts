import type { PlannedRequest } from '../target/request.js';
import type { FailureKind } from '../target/target.js';

/** Failures that may not repeat. */
const TRANSIENT: ReadonlySet<FailureKind> = new Set(['reset', 'refused', 'gateway']);

/**
 * Whether a failure may not repeat.
 * @param isShared - others use the target too: there a request may also stall
 */
export function isTransientFailure(kind: FailureKind, isShared: boolean): boolean {
  return TRANSIENT.has(kind) || (isShared && kind === 'timeout');
}

/** Whether a request may be sent twice: by its method (RFC 9110, 9.2.1), or since it only issues a token. */
export function hasNoEffect({ method, operation }: PlannedRequest): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(method) || operation?.effect?.on === 'hook';
}
