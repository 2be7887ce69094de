import { boundSides } from '../../../contract/bound-sides.js';
import type { Operation } from '../../../contract/contract.js';
import type { Effects } from '../effects.js';

/**
 * The listing of all resources of a kind; absent where there is none.
 * @param within - the resources that the path may name: those that contain the ones listed
 */
export function listingOf(effects: Effects, resource: string, within: readonly string[] = []): Operation | undefined {
  return effects
    .all('list', resource)
    .find(({ effect }) => effect !== undefined && sameNames(boundSides(effect), within));
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}
