import type { Operation } from '../../contract/contract.js';
import { planClient } from '../../generator/client/plan.js';
import { type Change, changeAt } from '../change.js';
import type { Comparison } from '../comparison.js';
import { operationIdOf } from './operation-pairs.js';

/** Compares an operation's method names in the generated client, which also depend on tags and other operations. */
export type CompareMethods = (before: Operation, after: Operation) => readonly Change[];

export function methodComparison({ before: old, after: now }: Comparison): CompareMethods {
  const [planned, plannedNow] = [planClient(old).byOperation, planClient(now).byOperation];
  return (before, after) => {
    const from = planned.get(before.id)?.path.join('.');
    const to = plannedNow.get(after.id)?.path.join('.');
    const [id] = operationIdOf(old, before);
    // A changed operationId is already reported as such.
    const reported = id !== undefined && id !== operationIdOf(now, after)[0];
    if (from === undefined || to === undefined || from === to || reported) return [];
    return [changeAt('client-method-renamed', after.pointer, `client.${from} became client.${to}`, { from, to })];
  };
}
