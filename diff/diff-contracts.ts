import type { Contract, JsonObject, Operation, Pointer } from '../contract/contract.js';
import { getPointer } from '../contract/pointer.js';
import { type Change, type ContractChange, isBreaking, mergeChanges } from './change.js';
import { comparisonOf } from './comparison.js';
import { methodComparison } from './operation/client-methods.js';
import { pairOperations } from './operation/operation-pairs.js';
import { addedOperation, compareOperations, removedOperation } from './operation/operations.js';
import { compareSecuritySchemes } from './operation/security-schemes.js';
import { compareServers } from './operation/servers.js';
import { compareWebhooks } from './operation/webhooks.js';
import { compareEvidence } from './vocabulary/evidence.js';
import { compareCatalogues } from './vocabulary/problems.js';
import { compareRateLimits } from './vocabulary/rate-limits.js';
import { compareRelations } from './vocabulary/relations.js';
import { compareResources } from './vocabulary/resources.js';
import { compareWords } from './words.js';

/**
 * Compares two contracts.
 * @returns every change once, breaking changes first, each group in the order of the new contract's operations
 */
export function diffContracts(before: Contract, after: Contract): readonly ContractChange[] {
  const comparison = comparisonOf(before, after);
  const compareMethods = methodComparison(comparison);
  const { kept, removed, added } = pairOperations(before, after);
  const changes: ContractChange[] = [
    ...removed.flatMap((operation) => attributeTo([operation], [removedOperation(operation)])),
    ...kept.flatMap((pair) => attributeTo([pair.after], compareOperations(comparison, pair.before, pair.after))),
    ...kept.flatMap((pair) => attributeTo([pair.after], compareMethods(pair.before, pair.after))),
    ...added.flatMap((operation) => attributeTo([operation], [addedOperation(operation)])),
    ...byName(compareCatalogues(before, after), (name) => answering(after, name)),
    ...byName(compareRelations(before, after), (name, change) => affecting(after, 'relation', name, change)),
    ...byName(compareResources(before, after), (name, change) => affecting(after, 'resource', name, change)),
    ...attributeTo([], compareRateLimits(before, after)),
    ...attributeTo([], compareServers(before, after)),
    ...attributeTo([], compareSecuritySchemes(before, after)),
    ...attributeTo([], compareWebhooks(before, after)),
    ...attributeTo([], compareWords(before, after)),
    ...compareEvidence(before, after).flatMap((change) => attributeTo(containing(after, change.pointer), [change])),
  ];
  const merged = mergeChanges(changes).map((change) => ({
    ...change,
    pointer: nearest(before.document, after.document, change.pointer),
  }));
  return [...merged.filter(isBreaking), ...merged.filter((change) => !isBreaking(change))];
}

function attributeTo(operations: readonly Operation[], changes: readonly Change[]): readonly ContractChange[] {
  const ids = operations.map(({ id }) => id);
  return changes.map((change) => ({ ...change, operations: ids }));
}

function byName(
  found: ReadonlyMap<string, readonly Change[]>,
  operationsOf: (name: string, change: Change) => readonly Operation[],
): readonly ContractChange[] {
  return [...found].flatMap(([name, changes]) =>
    changes.flatMap((change) => attributeTo(operationsOf(name, change), [change])),
  );
}

/** The operations that list a problem. */
function answering({ operations }: Contract, problem: string): readonly Operation[] {
  return operations.filter(({ responses }) =>
    responses.some(({ problems }) => problems.some(({ name }) => name === problem)),
  );
}

/** The operations with an effect on a resource or a relation; for a quota only those that add to it. */
function affecting(
  { operations }: Contract,
  on: 'resource' | 'relation',
  name: string,
  { kind }: Change,
): readonly Operation[] {
  const adds = kind.startsWith('quota-');
  return operations.filter(
    ({ effect }) =>
      effect?.on === on && effect.target === name && (!adds || effect.kind === 'add' || effect.kind === 'create'),
  );
}

/** The operation that contains a pointer. */
function containing({ operations }: Contract, pointer: Pointer): readonly Operation[] {
  return operations.filter((operation) => pointer === operation.pointer || pointer.startsWith(`${operation.pointer}/`));
}

/** The pointer itself if one of the documents has it, else its closest ancestor: defaults may not be written down. */
function nearest(before: JsonObject, after: JsonObject, pointer: Pointer): Pointer {
  const exists = [after, before].some((document) => getPointer(document, pointer) !== undefined);
  return exists || pointer === '' ? pointer : nearest(before, after, pointer.slice(0, pointer.lastIndexOf('/')));
}
