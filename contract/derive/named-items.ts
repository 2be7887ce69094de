import type { Contract, Operation } from '../contract.js';
import { bareName } from '../text/bare-name.js';
import { acceptsPatch } from './item-schemas.js';
import { pathSegments } from './path-shape.js';
import { type Found, namedIn, type Place, parameterAt, parentOf, takesKeys } from './rest-places.js';
import type { RestResource } from './rest-resource.js';

/** What the paths of operations name whose effect is not known: by operation, resource → path parameter. */
export function namedBy(
  contract: Contract,
  places: ReadonlyMap<string, Place>,
  { found, singletons }: { readonly found: readonly Found[]; readonly singletons: readonly RestResource[] },
): ReadonlyMap<Operation, Readonly<Record<string, string>>> {
  const resources = [...found.map(({ resource }) => resource), ...singletons];
  const known = new Set(resources.flatMap(({ operations }) => operations.map(({ operation }) => operation)));
  const named = new Map<Operation, Readonly<Record<string, string>>>();
  for (const { segments, methods } of places.values()) {
    const parent = parentOf(segments, found);
    if (parent === undefined) continue;
    for (const operation of methods.values())
      if (!known.has(operation) && !acceptsPatch(operation) && takesKeys(contract, operation, parent.sides))
        named.set(operation, { ...alsoNamed(contract, operation, parent, found), ...namedIn(operation, parent.sides) });
  }
  return named;
}

/** The items of other collections that a path names after its parent: `/clubs/{id}/members/{user_id}` names a user. */
function alsoNamed(
  contract: Contract,
  operation: Operation,
  parent: Found,
  found: readonly Found[],
): Readonly<Record<string, string>> {
  const known = new Set(parent.sides.map(({ name }) => name));
  const others = new Map<string, string>();
  const segments = pathSegments(operation.path);
  for (const position of segments.keys()) {
    const parameter = position < parent.segments.length ? undefined : parameterAt(operation, position);
    if (parameter === undefined) continue;
    const collection = segments[position - 1] ?? '';
    const other = found.find(
      ({ resource, sides }) =>
        resource.under === undefined &&
        !known.has(resource.name) &&
        !others.has(resource.name) &&
        isNamedBy(resource, parameter.name, collection) &&
        takesKeys(contract, operation, [{ name: '', position, example: sides[0]?.example ?? '' }]),
    );
    if (other !== undefined) others.set(other.resource.name, parameter.name);
  }
  return Object.fromEntries(others);
}

/** Whether a parameter names an item, by the name of its key, or after the name of its collection: `…/sailors/{sailor}`. */
function isNamedBy({ name, key, path }: RestResource, parameter: string, collection: string): boolean {
  const bare = bareName(parameter);
  if (bare === bareName(`${name}${key}`)) return true;
  return collection === pathSegments(path).at(-1) && [name, key, `${name}id`].map(bareName).includes(bare);
}
