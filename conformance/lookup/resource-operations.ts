import type { Contract, Operation } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { Exchange } from '../target/exchange.js';

/** The operation that reads one of a resource by its key, or nothing. */
export function readingOf(target: string, contract: Contract): Operation | undefined {
  return contract.operations.find(
    ({ effect }) =>
      effect?.kind === 'read' &&
      effect.target === target &&
      effect.by === undefined &&
      Object.keys(effect.of).length === 1,
  );
}

/** The key of what an answer shows, or nothing. */
export function keyOfNew(target: string, { response }: Exchange, contract: Contract): string | undefined {
  const key = contract.resources.get(target)?.key;
  const id = isObject(response.json) && key !== undefined ? response.json[key] : undefined;
  return typeof id === 'string' ? id : undefined;
}
