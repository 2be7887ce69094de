import { pathSides } from './answer-items.js';
import { tuplesOf } from './references.js';
import type { ReplayContract } from './replay-contract.js';
import type { RoutedStep } from './step.js';
import type { TupleTracker } from './tuple-tracker.js';

/** What a run has created so far. */
export interface CreatedSoFar {
  readonly known: ReplayContract;
  readonly tracker: TupleTracker;
  readonly created: readonly { readonly resource: string }[];
}

/**
 * Whether the recording itself reaches the limit of a relation or a resource with this request. Filling one for a single
 * refusal takes hundreds of requests, so replay does not.
 */
export function reachesLimit({ known, tracker, created }: CreatedSoFar, step: RoutedStep, name: string): boolean {
  const { relations, resources } = known.contract;
  const sides = pathSides(step);
  const reachesRelationLimit = (relations.get(name)?.limits ?? []).some(({ per, max }) => {
    const bound = Object.fromEntries(per.flatMap((side) => (sides[side] === undefined ? [] : [[side, sides[side]]])));
    return tracker.count(name, bound) + tuplesOf(known, step, 'add').length > max;
  });
  const max = resources.get(name)?.limit?.max;
  const count = created.filter(({ resource }) => resource === name).length;
  return reachesRelationLimit || (max !== undefined && count >= max);
}
