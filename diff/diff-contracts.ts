import type { Contract, JsonObject, Operation, Pointer } from '../contract/contract.js';
import { getPointer } from '../contract/pointer.js';
import { type Change, type Finding, isBreaking, mergeChanges } from './change.js';
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
 * What a changed contract means for callers: every change once, those of the new contract's operations first, in their
 * order, breaking ones before the others.
 */
export function diffContracts(before: Contract, after: Contract): readonly Change[] {
  const comparison = comparisonOf(before, after);
  const compareMethods = methodComparison(comparison);
  const { kept, removed, added } = pairOperations(before, after);
  const changes: Change[] = [
    ...removed.flatMap((operation) => concerning([operation], [removedOperation(operation)])),
    ...kept.flatMap((pair) => concerning([pair.after], compareOperations(comparison, pair.before, pair.after))),
    ...kept.flatMap((pair) => concerning([pair.after], compareMethods(pair.before, pair.after))),
    ...added.flatMap((operation) => concerning([operation], [addedOperation(operation)])),
    ...byName(compareCatalogues(before, after), (name) => answering(after, name)),
    ...byName(compareRelations(before, after), (name, finding) => touching(after, 'relation', name, finding)),
    ...byName(compareResources(before, after), (name, finding) => touching(after, 'resource', name, finding)),
    ...concerning([], compareRateLimits(before, after)),
    ...concerning([], compareServers(before, after)),
    ...concerning([], compareSecuritySchemes(before, after)),
    ...concerning([], compareWebhooks(before, after)),
    ...concerning([], compareWords(before, after)),
    ...compareEvidence(before, after).flatMap((finding) => concerning(around(after, finding.pointer), [finding])),
  ];
  const merged = mergeChanges(changes).map((change) => ({
    ...change,
    pointer: nearest(before.document, after.document, change.pointer),
  }));
  return [...merged.filter(isBreaking), ...merged.filter((change) => !isBreaking(change))];
}

function concerning(operations: readonly Operation[], findings: readonly Finding[]): readonly Change[] {
  const ids = operations.map(({ id }) => id);
  return findings.map((finding) => ({ ...finding, operations: ids }));
}

function byName(
  found: ReadonlyMap<string, readonly Finding[]>,
  operationsOf: (name: string, finding: Finding) => readonly Operation[],
): readonly Change[] {
  return [...found].flatMap(([name, findings]) =>
    findings.flatMap((finding) => concerning(operationsOf(name, finding), [finding])),
  );
}

/** The operations that can answer with a problem. */
function answering({ operations }: Contract, problem: string): readonly Operation[] {
  return operations.filter(({ responses }) =>
    responses.some(({ problems }) => problems.some(({ name }) => name === problem)),
  );
}

/** The operations whose effect is on a resource or a relation; a quota concerns only those that add to it. */
function touching(
  { operations }: Contract,
  on: 'resource' | 'relation',
  name: string,
  { kind }: Finding,
): readonly Operation[] {
  const adds = kind.startsWith('quota-');
  return operations.filter(
    ({ effect }) =>
      effect?.on === on && effect.target === name && (!adds || effect.kind === 'add' || effect.kind === 'create'),
  );
}

/** The operation that a place lies in. */
function around({ operations }: Contract, pointer: Pointer): readonly Operation[] {
  return operations.filter((operation) => pointer === operation.pointer || pointer.startsWith(`${operation.pointer}/`));
}

/** The place itself where one of the documents has it, else what is around it: a default is written nowhere. */
function nearest(before: JsonObject, after: JsonObject, pointer: Pointer): Pointer {
  const stands = [after, before].some((document) => getPointer(document, pointer) !== undefined);
  return stands || pointer === '' ? pointer : nearest(before, after, pointer.slice(0, pointer.lastIndexOf('/')));
}
