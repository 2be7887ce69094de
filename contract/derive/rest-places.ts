import type { Contract, Method, Operation, Parameter, Schema } from '../contract.js';
import { sameRequest } from '../http/same-request.js';
import { takesKey } from './key.js';
import { pathSegments, shapeOf } from './path-shape.js';
import type { RestResource } from './rest-resource.js';

/** The operations of all paths of one shape. Paths end in a slash in some frameworks. */
export interface Place {
  readonly segments: readonly string[];
  readonly methods: ReadonlyMap<Method, Operation>;
}

/** A resource with what is needed to find others under it. */
export interface Found {
  readonly resource: RestResource;
  /** Of the path of an item. */
  readonly segments: readonly string[];
  /** The resources that the path of an item names, and the positions of their parameters. */
  readonly sides: readonly Side[];
  /** Whether several items may have the same key: clients choose it, within the parent. */
  readonly isAmbiguous: boolean;
}

export interface Side {
  readonly name: string;
  readonly position: number;
  /** A key of an item. */
  readonly example: string | number;
}

export function placesOf(contract: Contract): ReadonlyMap<string, Place> {
  const places = new Map<string, { segments: readonly string[]; methods: Map<Method, Operation> }>();
  for (const operation of contract.operations) {
    const { path, method, pointer } = operation;
    // Operations that share a request cannot be told apart, and a shared path item has several paths.
    if (/[?#]/.test(path) || !pointer.startsWith('/paths/') || sameRequest(contract, operation).length > 1) continue;
    const segments = pathSegments(path).map((segment, position) => fixedAt(operation, position) ?? segment);
    const shape = shapeOf(segments);
    const place = places.get(shape) ?? { segments, methods: new Map<Method, Operation>() };
    place.methods.set(method, operation);
    places.set(shape, place);
  }
  return places;
}

/** A parameter that allows one value names nothing: it is a fixed part of the path. */
function fixedAt(operation: Operation, position: number): string | undefined {
  const only = parameterAt(operation, position)?.only;
  return typeof only === 'string' || typeof only === 'number' ? encodeURIComponent(only) : undefined;
}

/** The resource with the longest path that a path begins with. */
export function parentOf(segments: readonly string[], found: readonly Found[]): Found | undefined {
  return found
    .filter((each) => shapeOf(segments.slice(0, each.segments.length)) === shapeOf(each.segments))
    .sort((one, other) => other.segments.length - one.segments.length)[0];
}

export function lastParameter({ path }: Operation): string {
  return pathSegments(path).at(-1)?.slice(1, -1) ?? '';
}

/** The schemas of the parameters that name an item, in its path and the paths below it. */
export function parametersFor({ segments }: Place, places: ReadonlyMap<string, Place>): readonly Schema[] {
  const position = segments.length - 1;
  return [...places.values()]
    .filter((place) => shapeOf(place.segments.slice(0, segments.length)) === shapeOf(segments))
    .flatMap(({ methods }) => [...methods.values()])
    .map((operation) => parameterAt(operation, position)?.schema)
    .filter((schema) => schema !== undefined);
}

export function parameterAt(operation: Operation, position: number): Parameter | undefined {
  const name = pathSegments(operation.path)[position]?.slice(1, -1);
  return operation.parameters.find((each) => each.in === 'path' && each.name === name);
}

/** Whether the path of an operation takes the keys of these items. */
export function takesKeys(contract: Contract, operation: Operation, sides: readonly Side[]): boolean {
  return sides.every(({ position, example }) => {
    const parameter = parameterAt(operation, position);
    return parameter === undefined || takesKey(contract, parameter.schema, example);
  });
}

/** What the path of an operation names: resource → path parameter. */
export function namedIn(operation: Operation, sides: readonly Side[]): Readonly<Record<string, string>> {
  const segments = pathSegments(operation.path);
  return Object.fromEntries(
    sides.flatMap(({ name, position }) => {
      const segment = segments[position];
      return segment === undefined ? [] : [[name, segment.slice(1, -1)]];
    }),
  );
}
