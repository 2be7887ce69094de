import type { Json, Operation } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';

/** The items of a listing's response, whether the body is the list or an object that holds it. */
export function entriesOf(operation: Operation, body: Json | undefined): readonly Json[] {
  return entriesIn(body, operation.effect?.as);
}

/** The items of a list. @param property - holds them in an object around them */
export function entriesIn(body: Json | undefined, property: string | undefined): readonly Json[] {
  if (Array.isArray(body)) return body;
  const items = isObject(body) && property !== undefined ? body[property] : undefined;
  return Array.isArray(items) ? items : [];
}
