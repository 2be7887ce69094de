import type { Operation } from '../contract.js';
import type { ScopedRequest } from './scope-use.js';

/** Refusals that come after the scope check. Others may come before it, and say nothing about scopes. */
const LATER: ReadonlySet<number> = new Set([404, 409, 410, 412, 422]);

/** An answer, as far as it says something about scopes. */
export interface ScopeAnswer {
  readonly status: number;
  /** The errorCode of a refusal, if it has one. */
  readonly errorCode?: string;
  /** The scopes of the token; absent: unknown. */
  readonly granted?: readonly string[];
}

/** What an answer says about the scopes of its request; undefined if it says nothing. */
export function scopeOutcome(
  operation: Operation,
  { status, errorCode, granted }: ScopeAnswer,
): ScopedRequest['outcome'] | undefined {
  if (operation.security.length === 0) return undefined;
  if (status < 400 || LATER.has(status)) return 'allowed';
  if (status !== 403) return undefined;
  const problems = operation.responses.filter((response) => response.status === '403').flatMap((each) => each.problems);
  const named = problems.filter((problem) => errorCode !== undefined && problem.errorCode === errorCode);
  if (named.length > 0) return named.some(({ when }) => when.kind === 'scope') ? 'lacking' : undefined;
  const isSufficient = operation.security.some(({ scopes }) => scopes.every((scope) => granted?.includes(scope)));
  return isSufficient ? undefined : 'lacking';
}
