import type { Json, Operation } from '../../contract/contract.js';
import type { Subject } from '../fixtures/fixtures.js';
import type { RequestValues } from '../target/request.js';

/** What a path names: side → key. */
export type PathNames = Readonly<Record<string, Json>>;

/** What a request names in its path. */
export function namesInPath({ effect }: Operation, { path }: Pick<RequestValues, 'path'>): PathNames {
  return Object.fromEntries(Object.entries(effect?.of ?? {}).map(([side, parameter]) => [side, path[parameter] ?? '']));
}

/** The same names under the path parameters of another operation; a side without a name is empty. */
export function pathNaming({ effect }: Operation, names: PathNames): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(effect?.of ?? {}).map(([side, parameter]) => [parameter, names[side] ?? '']),
  );
}

/** What a path says to name a subject: its own key and, for a resource under another, the key of its parent. */
export function namesOf({ resource, id, parent }: Subject): PathNames {
  return { ...(parent === undefined ? {} : { [parent.resource]: parent.id }), [resource]: id };
}
