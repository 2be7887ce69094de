import type { Contract, Operation } from '../contract.js';

/** A path template without the names of its parameters: of `/shelves/{id}` and `/shelves/{name}` the same. */
export function templateShape(route: string): string {
  return route.replaceAll(/\{[^}]*\}/g, '{}');
}

/**
 * The operations that a request of this one may be meant for, in the order of the document: those with its method whose
 * paths differ only in the names of parameters, in a query or in a fragment. Mostly only itself.
 */
export function sameRequest(contract: Contract, operation: Operation): readonly Operation[] {
  const shapes = known.get(contract) ?? operationsByRequest(contract);
  known.set(contract, shapes);
  return shapes.get(requestOf(operation)) ?? [operation];
}

const known = new WeakMap<Contract, ReadonlyMap<string, readonly Operation[]>>();

function operationsByRequest({ operations }: Contract): ReadonlyMap<string, readonly Operation[]> {
  const found = new Map<string, Operation[]>();
  for (const operation of operations) {
    const key = requestOf(operation);
    found.set(key, [...(found.get(key) ?? []), operation]);
  }
  return found;
}

function requestOf({ method, route }: Operation): string {
  return `${method} ${templateShape(route)}`;
}
