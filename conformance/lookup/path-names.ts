import type { Json, Operation, Parameter } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { Subject } from '../fixtures/fixtures.js';
import type { RequestValues } from '../target/request.js';

/** What a path names: side → key. */
export type PathNames = Readonly<Record<string, Json>>;

/** What a request names in its path. */
export function namesInPath({ effect }: Operation, { path }: Pick<RequestValues, 'path'>): PathNames {
  return Object.fromEntries(Object.entries(effect?.of ?? {}).map(([side, parameter]) => [side, path[parameter] ?? '']));
}

/**
 * The parameter at the end of a path that names what a request may create, though nothing says so: `PUT /songs/{name}`.
 */
export function namedByPath({ effect, method, path, parameters }: Operation): Parameter | undefined {
  const last = lastParameter(path);
  if (effect !== undefined || (method !== 'PUT' && method !== 'POST')) return undefined;
  return parameters.find(({ in: place, name }) => place === 'path' && name === last);
}

/** The parameter at the end of a path that names what a request may remove, though nothing says so: `DELETE /songs/{name}`. */
export function removedByPath({ effect, method, path, parameters }: Operation): Parameter | undefined {
  const last = lastParameter(path);
  if (effect !== undefined || method !== 'DELETE') return undefined;
  return parameters.find(({ in: place, name }) => place === 'path' && name === last);
}

/** What a path names, for another operation whose path has the same form and other names of parameters. */
export function pathValuesFor(
  to: Operation,
  { operation, values }: { readonly operation: Pick<Operation, 'path'>; readonly values: RequestValues['path'] },
): RequestValues['path'] {
  const [own, others] = [operation.path, to.path].map((path) =>
    [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name),
  );
  const renamed = (own ?? []).flatMap((name = '', position) => {
    const [other, value] = [others?.[position], values[name]];
    return other === undefined || value === undefined ? [] : [[other, value] as const];
  });
  return Object.fromEntries(renamed);
}

/** The name of the parameter at the end of a path. */
export function lastParameter(path: string): string | undefined {
  return /\{([^{}]+)\}\/?$/.exec(path)?.[1];
}

/** The same names under the path parameters of another operation; a side without a name is empty. */
export function pathNaming({ effect }: Operation, names: PathNames): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(effect?.of ?? {}).map(([side, parameter]) => [parameter, names[side] ?? '']),
  );
}

/** The query parameters that name a subject. @param name - how bodies name it */
export function queryNaming(named: string | Readonly<Record<string, string>>, name: Json): Record<string, Json> {
  if (typeof named === 'string') return { [named]: name };
  return Object.fromEntries(
    Object.entries(named).map(([property, parameter]) => [parameter, (isObject(name) ? name[property] : name) ?? '']),
  );
}

/** The path and the query with which an operation names these subjects. */
export function valuesNaming(
  operation: Operation,
  sides: Readonly<Record<string, Pick<Subject, 'id' | 'name'> | undefined>>,
): Pick<RequestValues, 'path' | 'query'> {
  const ids = Object.fromEntries(Object.entries(sides).map(([side, subject]) => [side, subject?.id ?? '']));
  const queries = Object.entries(operation.effect?.query ?? {}).map(([side, named]) =>
    queryNaming(named, sides[side]?.name ?? ''),
  );
  return { path: pathNaming(operation, ids), query: Object.assign({}, ...queries) };
}

/** What a path says to name a subject: its own key and, for a resource under others, their keys. */
export function namesOf({ resource, id, parent }: Subject): PathNames {
  return { ...(parent === undefined ? {} : namesOf(parent)), [resource]: id };
}
