import type { Contract, Operation } from '../../contract/contract.js';
import { getPointer, isObject } from '../../contract/pointer.js';

export interface OperationPairs {
  readonly kept: readonly { readonly before: Operation; readonly after: Operation }[];
  readonly removed: readonly Operation[];
  readonly added: readonly Operation[];
}

/** What two operations have in common, the surest first. */
const KEYS: readonly ((contract: Contract, operation: Operation) => readonly string[])[] = [
  (_, { method, path }) => [`${method} ${path}`],
  (_, operation) => [placeOf(operation)],
  operationIdOf,
];

/**
 * Pairs each old operation with a new one: the one with the same method and path, then whatever the names of path
 * parameters, or else the one with the same operationId, which has moved.
 */
export function pairOperations(before: Contract, after: Contract): OperationPairs {
  const partner = new Map<Operation, Operation>();
  const taken = new Set<Operation>();
  for (const keysOf of KEYS) {
    const byKey = operationsByKey(after, keysOf);
    for (const operation of before.operations) {
      if (partner.has(operation)) continue;
      const found = keysOf(before, operation)
        .flatMap((key) => byKey.get(key) ?? [])
        .find((one) => !taken.has(one));
      if (found === undefined) continue;
      partner.set(operation, found);
      taken.add(found);
    }
  }
  return {
    kept: [...partner].map(([old, now]) => ({ before: old, after: now })),
    removed: before.operations.filter((operation) => !partner.has(operation)),
    added: after.operations.filter((operation) => !taken.has(operation)),
  };
}

/** Several operations have the same key where two path templates differ only in the names of parameters. */
function operationsByKey(
  contract: Contract,
  keysOf: (contract: Contract, operation: Operation) => readonly string[],
): ReadonlyMap<string, readonly Operation[]> {
  const found = new Map<string, Operation[]>();
  for (const operation of contract.operations)
    for (const key of keysOf(contract, operation)) found.set(key, [...(found.get(key) ?? []), operation]);
  return found;
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
