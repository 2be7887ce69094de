import type { Contract, Operation } from '../../contract/contract.js';
import type { Check, Depth } from '../check.js';
import { globMatches } from './glob.js';

/** One check of one operation, with what it needs. */
export interface PlannedCheck {
  readonly check: Check;
  readonly operation: Operation;
  /** About how many requests it sends. */
  readonly requests: number;
  /** It must not run beside another. */
  readonly exclusive: boolean;
  /** The alternatives of scopes that open the operation; none where it asks for no token. */
  readonly scopes: readonly (readonly string[])[];
  /** The resources that it needs fixtures of. */
  readonly fixtures: readonly string[];
}

/** What a run does, in its order. */
export interface Plan {
  readonly contract: Contract;
  readonly depth: Depth;
  readonly checks: readonly PlannedCheck[];
  /** The operations that are checked, by this part of the plan or another. */
  readonly operations: readonly Operation[];
  /** The part of the whole that this is, `[i, n]` from 1. */
  readonly shard?: readonly [number, number];
}

export interface PlanOptions {
  readonly depth: Depth;
  /** Of `operationId/checkId`; none: all. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** The part of the plan to do: `[i, n]`, i from 1. */
  readonly shard?: readonly [number, number];
}

/** The most requests that a smoke run sends an operation, beside fixtures. */
export const SMOKE_REQUESTS = 4;

/** `operationId/checkId`, by which the command line and reports name it. */
export function nameOf({ operation, check }: Pick<PlannedCheck, 'operation' | 'check'>): string {
  return `${operation.id}/${check.id}`;
}

/** Plans every check that applies to an operation, operation by operation in the contract's order. */
export function createPlan(contract: Contract, checks: readonly Check[], options: PlanOptions): Plan {
  const planned = contract.operations
    .flatMap((operation) => planOperation(contract, checks, operation, options.depth))
    .filter((one) => chosen(nameOf(one), options));
  const operations = contract.operations.filter((operation) => planned.some((one) => one.operation === operation));
  const { depth, shard } = options;
  if (shard === undefined) return { contract, depth, checks: planned, operations };
  return { contract, depth, checks: shardOf(planned, shard), operations, shard };
}

/** The names that `--only` and `--skip` can match, for a message that helps. */
export function planNames(contract: Contract, checks: readonly Check[], depth: Depth): readonly string[] {
  return createPlan(contract, checks, { depth, only: [], skip: [] }).checks.map(nameOf);
}

function planOperation(
  contract: Contract,
  checks: readonly Check[],
  operation: Operation,
  depth: Depth,
): readonly PlannedCheck[] {
  let left = depth === 'smoke' ? SMOKE_REQUESTS : Number.POSITIVE_INFINITY;
  return checks.flatMap((check) => {
    if (!check.applies(operation, contract)) return [];
    const requests = check.requests(operation, contract, depth);
    if (requests === 0 || requests > left) return [];
    left -= requests;
    const scopes = operation.security.map((alternative) => alternative.scopes);
    const exclusive = typeof check.exclusive === 'function' ? check.exclusive(operation) : check.exclusive === true;
    return [{ check, operation, requests, exclusive, scopes, fixtures: fixturesOf(contract, operation) }];
  });
}

/** The resources on every side of what the operation does. */
function fixturesOf(contract: Contract, { effect }: Operation): readonly string[] {
  if (effect === undefined || effect.on === 'hook') return [];
  if (effect.on === 'relation') return contract.relations.get(effect.target)?.between ?? [];
  return [effect.target];
}

function chosen(name: string, { only, skip }: PlanOptions): boolean {
  return (
    (only.length === 0 || only.some((glob) => globMatches(glob, name))) && !skip.some((glob) => globMatches(glob, name))
  );
}

/** A part of the plan that takes about as long as the others: each check goes to the part that has least to do yet. */
function shardOf(planned: readonly PlannedCheck[], [index, count]: readonly [number, number]): readonly PlannedCheck[] {
  const loads = Array.from({ length: count }, () => 0);
  return planned.filter(({ requests }) => {
    const lightest = loads.indexOf(Math.min(...loads));
    loads[lightest] = (loads[lightest] ?? 0) + requests;
    return lightest === index - 1;
  });
}
