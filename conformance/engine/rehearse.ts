import type { Clock } from '../target/clock.js';
import type { Target } from '../target/target.js';
import type { Purpose } from './event.js';
import type { Plan } from './plan.js';
import { run } from './run.js';
import type { RunOptions } from './run-parts.js';

/** Requests of one kind that a run sends. */
export interface RehearsedRequests {
  readonly method: string;
  /** The route of the operation; for requests to no operation, such as misspelt paths, a word for them. */
  readonly route: string;
  readonly purpose: Purpose;
  readonly count: number;
  /** The alternatives of scopes that the operation requires. */
  readonly scopes: readonly (readonly string[])[];
}

/** Requests without an operation. */
const OTHER = '(paths and methods that the contract lacks)';

/**
 * The requests of a plan, in the order in which each kind is sent first: runs it against a tenant that keeps the contract.
 * A target that does not may get other requests, above all to shrink counterexamples.
 *
 * @param target - an embedded tenant; it is closed
 */
export async function rehearse(
  plan: Plan,
  target: Target,
  options: Omit<RunOptions, 'clock'>,
): Promise<readonly RehearsedRequests[]> {
  const kinds = new Map<string, RehearsedRequests>();
  try {
    for await (const event of run(plan, target, { ...options, clock: rehearsalClock() })) {
      if (event.kind !== 'requested' && event.kind !== 'unanswered') continue;
      const { purpose } = event;
      const { operation, method } = event.exchange.request;
      const route = operation?.method === method ? operation.route : OTHER;
      const scopes = operation?.method === method ? operation.security.map((alternative) => alternative.scopes) : [];
      const key = `${purpose} ${method} ${route}`;
      kinds.set(key, { method, route, purpose, scopes, count: (kinds.get(key)?.count ?? 0) + 1 });
    }
  } finally {
    await target.close();
  }
  return [...kinds.values()];
}

/** A clock that only sleeping moves on: a rehearsal does not wait for rate limits. */
function rehearsalClock(): Clock {
  const startedAt = Date.now();
  let slept = 0;
  return {
    now: () => startedAt + slept,
    sleep: async (milliseconds) => {
      slept += milliseconds;
    },
  };
}
