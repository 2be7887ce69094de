import { ancestorsOf } from '../../contract/ancestors.js';
import type { Contract, Json, Operation } from '../../contract/contract.js';
import type { Exchange } from '../target/exchange.js';
import { buildRequest, type PlannedRequest } from '../target/request.js';
import { createdBy, nameInBody } from './identity.js';
import { neededValues } from './needed-values.js';
import { lastParameter, type PathNames, pathNaming } from './path-names.js';

/** The operation that reads one resource by its key, or one tuple of a relation. */
export function readOperation(target: string, contract: Contract): Operation | undefined {
  const sides = contract.relations.get(target)?.between ?? [target, ...ancestorsOf(contract, target)];
  return contract.operations.find(
    ({ effect }) =>
      effect?.kind === 'read' &&
      effect.target === target &&
      effect.by === undefined &&
      Object.keys(effect.of).every((side) => sides.includes(side)),
  );
}

/**
 * Whether neither the document nor its paths say what an operation changes. A contract with our keywords says so of every
 * operation; an effect that the target does not have is stated all the same.
 */
export function isUnstated({ id }: Operation, { operations, resources }: Contract): boolean {
  const states = operations.some((operation) => operation.id === id && operation.effect !== undefined);
  return !states && [...resources.values()].every(({ derived }) => derived === true);
}

/**
 * Whether an operation changes or deletes what a document lets nobody choose: its path ends in a parameter that allows one
 * value, as where an overlay names the tenant to use.
 */
export function changesFixed(operation: Operation, contract: Contract): boolean {
  const last = lastParameter(operation.route);
  const parameter = operation.parameters.find(({ in: place, name }) => place === 'path' && name === last);
  const changes = ['PUT', 'PATCH', 'DELETE'].includes(operation.method) && isUnstated(operation, contract);
  return changes && parameter?.only !== undefined;
}

/**
 * How much an operation may change of what others rely on: 0 is nothing. A document without our keywords does not say what
 * `POST /songs/bulk-delete` does, nor whether `DELETE /songs` deletes all of them, the owner of the token included.
 */
export function reachOf(operation: Operation, contract: Contract): 0 | 1 | 2 | 3 {
  if (operation.method === 'GET' || !isUnstated(operation, contract)) return 0;
  if (operation.method !== 'DELETE') return 1;
  return operation.route.includes('{') ? 2 : 3;
}

/** A request to read the resource that these names lead to. */
export function readRequest(contract: Contract, reading: Operation, names: PathNames): PlannedRequest {
  return buildRequest(reading, { ...neededValues(contract, reading), path: pathNaming(reading, names) });
}

/** The key in the response to a create. */
export function createdKey(target: string, exchange: Exchange, contract: Contract): Json | undefined {
  const resource = contract.resources.get(target);
  const created = createdBy(contract, exchange);
  return resource && created && nameInBody(resource, created);
}
