import type { Contract, Operation } from '../../contract/contract.js';
import { namedByPath } from './path-names.js';
import { isUnstated } from './resource-operations.js';

/**
 * The operations that may create what the path of another names, and that name it themselves: `PUT /queues/{name}` for
 * `GET /queues/{name}/messages`. Only those whose creations can be removed. The longest path first; PUT before POST, since
 * it says where something is to be.
 */
export function namedCreations(operation: Operation, contract: Contract): readonly Operation[] {
  if (operation.effect !== undefined || operation.names !== undefined) return [];
  // What makes something itself needs a new name.
  const isBelow = ({ path }: Operation): boolean =>
    operation.path.startsWith(`${path}/`) || (operation.path === path && namedByPath(operation) === undefined);
  return contract.operations
    .filter((other) => namedByPath(other) !== undefined && other.names === undefined && isBelow(other))
    .filter((other) => isUnstated(other, contract) && removalAt(other.route, contract) !== undefined)
    .sort((one, other) => other.path.length - one.path.length || other.method.localeCompare(one.method));
}

/** The operation that removes what a path names. */
export function removalAt(route: string, contract: Contract): Operation | undefined {
  return contract.operations.find((other) => other.method === 'DELETE' && other.route === route);
}
