import type { Contract, Operation } from '../../contract/contract.js';
import { isParameter, pathSegments, shapeOf } from '../../contract/derive/path-shape.js';
import { singularOf } from '../../contract/derive/resource-name.js';

/** The end of a path that creates an item of the collection before it: `POST /songs/create`. */
const CREATES = /^(create|add|new|insert|register)$/;
/** The end of a path that removes what is named before it: `POST /songs/{id}/delete`. */
const REMOVES = /^(delete|remove)$/;

/**
 * The operations that remove one item of what a path creates: `DELETE /songs/{id}`, `DELETE /songs/by-name/{name}`,
 * `DELETE /songs/{id}/delete` and, where a document names one item in the singular, `DELETE /song/{id}`. Where the path says
 * that it removes, a POST does too.
 * @param route - of the collection, or of what creates an item of it: `/songs/create`
 */
export function removalsOf(route: string, contract: Contract): readonly Operation[] {
  const own = pathSegments(route);
  const collection = CREATES.test(own.at(-1) ?? '') ? own.slice(0, -1) : own;
  const found = contract.operations.filter((removal) => {
    const item = pathSegments(itemRouteOf(removal.route));
    return removes(removal) && (isOneBelow(collection, item) || isOneBeside(collection, item));
  });
  // What is after a word may be an item of another collection: `/songs/covers/{id}`.
  return found.sort((one, other) => lengthOf(one) - lengthOf(other));
}

function lengthOf({ route }: Operation): number {
  return pathSegments(itemRouteOf(route)).length;
}

/** The path of the item that an operation removes: `/songs/{id}` of `/songs/{id}/delete`. */
export function itemRouteOf(route: string): string {
  const segments = pathSegments(route);
  const isEnd = REMOVES.test(segments.at(-1) ?? '') && isParameter(segments.at(-2));
  return isEnd ? segments.slice(0, -1).join('/') : route;
}

function removes({ method, route }: Operation): boolean {
  if (method === 'DELETE') return true;
  const saysSo = pathSegments(route)
    .slice(-2)
    .some((segment) => REMOVES.test(segment));
  return method === 'POST' && saysSo;
}

/** Whether a path names one item of a collection, perhaps after a word: `/songs/{id}`, `/songs/by-name/{name}`. */
function isOneBelow(collection: readonly string[], item: readonly string[]): boolean {
  return (
    shapeOf(item.slice(0, collection.length)) === shapeOf(collection) &&
    /^([^{}/]+\/)?\{[^{}]+\}$/.test(item.slice(collection.length).join('/'))
  );
}

/** Whether a path names one item of a collection in the singular: `/song/{id}` for `/songs`. */
function isOneBeside(collection: readonly string[], item: readonly string[]): boolean {
  const [parameter, word = ''] = [item.at(-1), item.at(-2)];
  const own = collection.at(-1) ?? '';
  return (
    isParameter(parameter) &&
    own !== word &&
    !isParameter(own) &&
    singularOf(own.toLowerCase()) === singularOf(word.toLowerCase()) &&
    shapeOf(item.slice(0, -2)) === shapeOf(collection.slice(0, -1))
  );
}
