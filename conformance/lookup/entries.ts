import type { Json, Operation } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';

/** The items of a listing's response, whether the body is the list or an object that holds it. */
export function entriesOf(operation: Operation, body: Json | undefined): readonly Json[] {
  if (Array.isArray(body)) return body;
  const property = operation.effect?.as;
  const items = isObject(body) && property !== undefined ? body[property] : undefined;
  return Array.isArray(items) ? items : [];
}
