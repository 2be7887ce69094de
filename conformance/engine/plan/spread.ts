import type { Operation } from '../../../contract/contract.js';
import type { PlannedCheck } from './plan.js';

/**
 * The checks in an order in which requests of all rate groups are spread over the whole run: with those of a group in a
 * row, all workers would wait for its bucket while the others are full.
 */
export function spreadByGroup(checks: readonly PlannedCheck[]): readonly PlannedCheck[] {
  const groupOf = ({ rateGroup }: Operation): string => rateGroup ?? '';
  const totals = new Map<string, number>();
  for (const { operation, requests } of checks)
    totals.set(groupOf(operation), (totals.get(groupOf(operation)) ?? 0) + requests);
  const sofar = new Map<string, number>();
  const placed = checks.map((check, index) => {
    const group = groupOf(check.operation);
    const before = sofar.get(group) ?? 0;
    sofar.set(group, before + check.requests);
    // Where the middle of its requests lies among those of its group.
    return { check, index, place: (before + check.requests / 2) / (totals.get(group) || 1) };
  });
  return placed.sort((one, other) => one.place - other.place || one.index - other.index).map(({ check }) => check);
}
