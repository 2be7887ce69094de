import type { Json, Operation } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { Exchange } from '../target/exchange.js';

/** Statuses of a request that names what does not exist. */
const UNKNOWN: ReadonlySet<number> = new Set([404, 410]);

/** Whether a path has values that stand for nothing the run has created. */
export function namesInvented({ effect, parameters }: Operation): boolean {
  return effect === undefined && parameters.some(({ in: place }) => place === 'path');
}

/** Whether a valid request was refused because its path or body names something that the run has invented. */
export function isUnknownName(operation: Operation, { request, response }: Exchange): boolean {
  return UNKNOWN.has(response.status) && (namesInvented(operation) || refersToOther(operation, request.values?.body));
}

/**
 * Whether a body has the id of something else: `owner_id`, `tagIds`. Only a contract with causes of errors says what
 * such an id needs.
 */
function refersToOther({ responses }: Operation, body: Json | undefined): boolean {
  if (!isObject(body) || responses.some(({ problems }) => problems.length > 0)) return false;
  return Object.entries(body).some(([name, value]) => /[a-z](_id|Id)s?$/.test(name) && value !== null);
}
