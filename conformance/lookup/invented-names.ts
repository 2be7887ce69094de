import type { Operation } from '../../contract/contract.js';
import type { Exchange } from '../target/exchange.js';

/** Statuses of a request that names what does not exist. */
const UNKNOWN: ReadonlySet<number> = new Set([404, 410]);

/** Whether a path has values that stand for nothing the run has created. */
export function namesInvented({ effect, parameters }: Operation): boolean {
  return effect === undefined && parameters.some(({ in: place }) => place === 'path');
}

/** Whether a valid request was refused because its path names something that the run has invented. */
export function isUnknownName(operation: Operation, { response }: Exchange): boolean {
  return namesInvented(operation) && UNKNOWN.has(response.status);
}
