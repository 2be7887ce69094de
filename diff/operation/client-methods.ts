import type { Operation } from '../../contract/contract.js';
import { planClient } from '../../generator/client/plan.js';
import { type Finding, finding } from '../change.js';
import type { Comparison } from '../comparison.js';
import { named } from './operation-pairs.js';

/** Compares what the generated client calls an operation: tags, and other operations, have a say in it. */
export type CompareMethods = (before: Operation, after: Operation) => readonly Finding[];

export function methodComparison({ before: old, after: now }: Comparison): CompareMethods {
  const [planned, plannedNow] = [planClient(old).byOperation, planClient(now).byOperation];
  return (before, after) => {
    const from = planned.get(before.id)?.path.join('.');
    const to = plannedNow.get(after.id)?.path.join('.');
    const [id] = named(old, before);
    // Another operationId is told as that.
    const told = id !== undefined && id !== named(now, after)[0];
    if (from === undefined || to === undefined || from === to || told) return [];
    return [finding('client-method-renamed', after.pointer, `client.${from} became client.${to}`, { from, to })];
  };
}
