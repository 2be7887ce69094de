import type { PlannedRequest } from './request.js';
import type { FailureKind } from './target.js';

/** Failures that may not repeat. */
export const TRANSIENT: ReadonlySet<FailureKind> = new Set(['reset', 'refused']);

/** Whether a request may be sent twice: by its method (RFC 9110, 9.2.1), or since it only issues a token. */
export function hasNoEffect({ method, operation }: PlannedRequest): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(method) || operation?.effect?.on === 'hook';
}
