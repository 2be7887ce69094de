import type { Operation, Rate } from '../../../contract/contract.js';
import { Effects } from '../../lookup/effects.js';
import type { Plan } from './plan.js';
import { fixtureRequests } from './plan-estimate.js';

/** The bucket of an operation, and how much of it is used. */
export interface Paced {
  readonly key: string;
  readonly rate: Rate;
}

/** The time of one request on the way, in milliseconds: the middle of what tenants in other regions take. */
const ON_THE_WAY_MS = 160;

/**
 * About how long a plan takes at the rates of a target, in milliseconds: as long as its busiest bucket takes to give so
 * many tokens, and no shorter than the requests of one worker are on the way.
 *
 * @param rateOf - the bucket of an operation
 */
export function planTime(plan: Plan, workers: number, rateOf: (operation: Operation | undefined) => Paced): number {
  const counts = new Map<string, { count: number; readonly rate: Rate }>();
  const add = (operation: Operation | undefined, count: number) => {
    const { key, rate } = rateOf(operation);
    const known = counts.get(key) ?? { count: 0, rate };
    counts.set(key, known);
    known.count += count;
  };
  for (const { operation, requests } of plan.checks) add(operation, requests);
  for (const [operation, count] of fixtureOperations(plan)) add(operation, count);
  const total = [...counts.values()].reduce((sum, { count }) => sum + count, 0);
  const busiest = Math.max(0, ...[...counts.values()].map(({ count, rate }) => (count / rate.perSecond) * 1000));
  return Math.max(busiest, (total * ON_THE_WAY_MS) / workers);
}

/** The estimated requests for fixtures, spread over the operations that create and delete them. */
function fixtureOperations(plan: Plan): ReadonlyMap<Operation | undefined, number> {
  const effects = new Effects(plan.contract);
  const names = plan.checks.flatMap(({ fixtures }) => fixtures);
  const operations = names.flatMap((name) => [effects.one('create', name), effects.one('delete', name)]);
  const share = fixtureRequests(plan) / Math.max(1, operations.length);
  const counts = new Map<Operation | undefined, number>();
  for (const operation of operations) counts.set(operation, (counts.get(operation) ?? 0) + share);
  return counts;
}
