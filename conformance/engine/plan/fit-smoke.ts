import type { Plan, PlannedCheck } from './plan.js';
import { SMOKE_REQUESTS } from './plan.js';

/** How long a smoke run may take, in milliseconds. */
const LONGEST_SMOKE_MS = 140_000;

/** A smoke plan that fits the time, and the checks that were left out. */
export interface FittedPlan {
  readonly plan: Plan;
  readonly leftOut: readonly PlannedCheck[];
  /** The most requests per operation. */
  readonly perOperation: number;
}

/**
 * Leaves out checks of a smoke plan until it takes no longer than people wait: the most requests per operation are
 * reduced, down to one.
 *
 * @param timeOf - milliseconds
 */
export function fitSmoke(plan: Plan, timeOf: (plan: Plan) => number): FittedPlan {
  for (let most = SMOKE_REQUESTS; ; most -= 1) {
    const checks = withAtMost(plan.checks, most);
    const fitted = { ...plan, checks };
    if (most > 1 && timeOf(fitted) > LONGEST_SMOKE_MS) continue;
    const kept = new Set(checks);
    return { plan: fitted, leftOut: plan.checks.filter((check) => !kept.has(check)), perOperation: most };
  }
}

/** The first checks of each operation that need no more requests together. */
function withAtMost(checks: readonly PlannedCheck[], most: number): readonly PlannedCheck[] {
  const left = new Map<string, number>();
  return checks.filter(({ operation, requests }) => {
    const now = left.get(operation.id) ?? most;
    if (requests > now) return false;
    left.set(operation.id, now - requests);
    return true;
  });
}
