import type { Contract, Operation } from '../../contract/contract.js';
import { getPointer, isObject } from '../../contract/pointer.js';

export interface OperationPairs {
  readonly kept: readonly { readonly before: Operation; readonly after: Operation }[];
  readonly removed: readonly Operation[];
  readonly added: readonly Operation[];
}

/**
 * Pairs each old operation with a new one: the one with the same method and path, whatever the names of path
 * parameters, or else the one with the same operationId, which has moved.
 */
export function pairOperations(before: Contract, after: Contract): OperationPairs {
  const byPlace = new Map(after.operations.map((operation) => [placeOf(operation), operation]));
  const byId = new Map(
    after.operations.flatMap((operation) => operationIdOf(after, operation).map((id) => [id, operation])),
  );
  const partner = new Map<Operation, Operation>();
  for (const operation of before.operations) {
    const found = byPlace.get(placeOf(operation));
    if (found !== undefined) partner.set(operation, found);
  }
  const taken = new Set(partner.values());
  for (const operation of before.operations) {
    if (partner.has(operation)) continue;
    const found = operationIdOf(before, operation).flatMap((id) => byId.get(id) ?? [])[0];
    if (found === undefined || taken.has(found)) continue;
    partner.set(operation, found);
    taken.add(found);
  }
  return {
    kept: [...partner].map(([old, now]) => ({ before: old, after: now })),
    removed: before.operations.filter((operation) => !partner.has(operation)),
    added: after.operations.filter((operation) => !taken.has(operation)),
  };
}

/** Method and path without parameter names, which are not part of requests. */
export function placeOf({ method, path }: Operation): string {
  return `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`;
}

/** The operationId if the document has one; other ids are derived from the path. */
export function operationIdOf(contract: Contract, operation: Operation): readonly string[] {
  const object = getPointer(contract.document, operation.pointer);
  return isObject(object) && typeof object.operationId === 'string' ? [operation.id] : [];
}
