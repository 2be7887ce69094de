import type { Contract, Operation } from '../../../contract/contract.js';
import { existsOnce, namedResource } from '../../../contract/exists-once.js';
import type { Check, Depth } from '../../check.js';
import { innermost } from '../../fixtures/valid-values.js';
import { globMatches } from './glob.js';

/** One check of one operation, and its needs. */
export interface PlannedCheck {
  readonly check: Check;
  readonly operation: Operation;
  /** About how many requests it sends. */
  readonly requests: number;
  /** It must run alone. */
  readonly exclusive: boolean;
  /** The alternatives of scopes that the operation requires; empty where it requires no token. */
  readonly scopes: readonly (readonly string[])[];
  /** The resources it needs fixtures of. */
  readonly fixtures: readonly string[];
}

/** The checks of a run, in order. */
export interface Plan {
  readonly contract: Contract;
  readonly depth: Depth;
  readonly checks: readonly PlannedCheck[];
  /** The operations of the whole plan, also those of other shards. */
  readonly operations: readonly Operation[];
  /** This part of the whole plan: `[i, n]`, from 1. */
  readonly shard?: readonly [number, number];
}

/** What to check, before it is planned in detail: a run first finds out whether the target can be checked at all. */
export interface Assignment {
  readonly contract: Contract;
  readonly depth: Depth;
  /** Always the same plan. @throws RunError if there is nothing to check */
  readonly plan: () => Promise<Plan>;
}

export interface PlanOptions {
  readonly depth: Depth;
  /** Globs of `operationId/checkId`; empty: all. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** The part of the plan to run: `[i, n]`, from 1. */
  readonly shard?: readonly [number, number];
}

/** The most requests of a smoke run per operation, fixtures aside. */
export const SMOKE_REQUESTS = 4;

/** `operationId/checkId`: the name on the command line and in reports. */
export function nameOf({ operation, check }: Pick<PlannedCheck, 'operation' | 'check'>): string {
  return `${operation.id}/${check.id}`;
}

/** Plans every check that applies to an operation, operation by operation in the contract's order. */
export function createPlan(contract: Contract, checks: readonly Check[], options: PlanOptions): Plan {
  const planned = contract.operations
    .flatMap((operation) => planOperation(contract, candidates(checks, operation, options), operation, options.depth))
    .filter((one) => chosen(nameOf(one), options));
  const operations = contract.operations.filter((operation) => planned.some((one) => one.operation === operation));
  const { depth, shard } = options;
  if (shard === undefined) return { contract, depth, checks: planned, operations };
  return { contract, depth, checks: shardOf(planned, shard), operations, shard };
}

/** What of a plan reads only: the checks of operations that change nothing. */
export function readingPlan(plan: Plan): Plan {
  const reads = ({ method }: Operation) => method === 'GET';
  return {
    ...plan,
    checks: plan.checks.filter(({ operation }) => reads(operation)),
    operations: plan.operations.filter(reads),
  };
}

/** The names that `--only` and `--skip` can match. */
export function planNames(contract: Contract, checks: readonly Check[], depth: Depth): readonly string[] {
  return createPlan(contract, checks, { depth, only: [], skip: [] }).checks.map(nameOf);
}

/**
 * The checks to look at. At smoke depth also those that are not chosen, if any is: all of an operation share its
 * requests.
 */
function candidates(checks: readonly Check[], operation: Operation, options: PlanOptions): readonly Check[] {
  const some = checks.filter((check) => chosen(nameOf({ check, operation }), options));
  return options.depth === 'smoke' && some.length > 0 ? checks : some;
}

function planOperation(
  contract: Contract,
  checks: readonly Check[],
  operation: Operation,
  depth: Depth,
): readonly PlannedCheck[] {
  let left = depth === 'smoke' ? SMOKE_REQUESTS : Number.POSITIVE_INFINITY;
  return checks.flatMap((check) => {
    // Whether a check applies may take a while to find out.
    if (left === 0 || !check.applies(operation, contract)) return [];
    const requests = check.requests(operation, contract, depth);
    if (requests === 0 || requests > left) return [];
    left -= requests;
    const scopes = operation.security.map((alternative) => alternative.scopes);
    const exclusive = typeof check.exclusive === 'function' ? check.exclusive(operation) : check.exclusive === true;
    return [{ check, operation, requests, exclusive, scopes, fixtures: fixturesOf(contract, operation) }];
  });
}

/** The resources that the operation acts on. */
function fixturesOf(contract: Contract, { effect, names }: Operation): readonly string[] {
  const item = innermost(names);
  if (effect === undefined) return item === undefined ? [] : [item];
  if (effect.on === 'hook') return [];
  if (effect.on === 'relation') return contract.relations.get(effect.target)?.between ?? [];
  return existsOnce(contract, effect.target) ? [] : [namedResource(contract, effect.target)];
}

function chosen(name: string, { only, skip }: PlanOptions): boolean {
  return (
    (only.length === 0 || only.some((glob) => globMatches(glob, name))) && !skip.some((glob) => globMatches(glob, name))
  );
}

/** Whether `--skip` leaves out an operation, and not only some of its checks: each begins with a request that succeeds. */
export function isSkipped({ id }: Operation, skip: readonly string[] = []): boolean {
  return skip.some((glob) => globMatches(glob, `${id}/documented-success`));
}

/** Parts of about equal length: each check goes to the part with the fewest requests so far. */
function shardOf(planned: readonly PlannedCheck[], [index, count]: readonly [number, number]): readonly PlannedCheck[] {
  const loads = Array.from({ length: count }, () => 0);
  return planned.filter(({ requests }) => {
    const lightest = loads.indexOf(Math.min(...loads));
    loads[lightest] = (loads[lightest] ?? 0) + requests;
    return lightest === index - 1;
  });
}
