import { isDeepStrictEqual } from 'node:util';
import type { Contract, Method, Operation, Parameter, Schema } from '../contract.js';
import { sameRequest } from '../http/same-request.js';
import { mergedSchema } from '../schema/merged-schema.js';
import { onlyValue } from '../schema/only-value.js';
import { bareName } from '../text/bare-name.js';
import {
  acceptedItem,
  acceptsPatch,
  createdItem,
  type Held,
  listedItems,
  propertiesOf,
  ShownSchemas,
  shownItem,
} from './item-schemas.js';
import { isUsuallyGenerated, keyIn, takesKey, templateFor } from './key.js';
import { isParameter, pathSegments, shapeOf } from './path-shape.js';

/** A collection and its items, recognized by the shape of their paths and by their schemas. */
export interface RestResource {
  /** `song` for `/songs`. */
  readonly name: string;
  /** The path of the collection, without a slash at the end. */
  readonly path: string;
  /** The property that identifies an item in answers. */
  readonly key: string;
  /** How a new item gets its key, as in `x-value`. */
  readonly template: string;
  /** The resource that the path names before the collection, and the property of an item that holds its key. */
  readonly under?: { readonly parent: string; readonly property: string };
  readonly operations: readonly RestOperation[];
  /** The schemas of answers that show an item. */
  readonly shownIn: readonly Schema[];
  /** The schemas of requests that give an item. */
  readonly sentIn: readonly Schema[];
}

/** What a document describes by REST conventions. */
export interface RestDocument {
  readonly resources: readonly RestResource[];
  /** The items that paths of other operations name: resource → path parameter. */
  readonly named: ReadonlyMap<Operation, Readonly<Record<string, string>>>;
}

export interface RestOperation {
  readonly kind: 'create' | 'list' | 'read' | 'update' | 'delete';
  readonly operation: Operation;
  /** What the path names: resource → path parameter. */
  readonly of: Readonly<Record<string, string>>;
  /** The property of the answer that holds the item, or the items of a listing. */
  readonly as?: string;
  /** The property of the request body that holds the item. */
  readonly within?: string;
}

/**
 * The resources that a document describes by REST conventions: `POST /songs` creates what `GET /songs/{id}` reads, and
 * `/songs/{id}/verses` is a separate collection for each song. Nothing is recognized that the schemas do not support: an
 * answer that shows an item must be an object with its key, or hold one, and answers must agree on the properties they
 * share.
 */
export function restResources(contract: Contract): RestDocument {
  const places = placesOf(contract);
  const found: Found[] = [];
  // A parent is found before what is under it.
  for (const item of [...places.values()].sort((one, other) => one.segments.length - other.segments.length)) {
    const collection = places.get(shapeOf(item.segments.slice(0, -1)));
    if (collection === undefined || !isParameter(item.segments.at(-1)) || isParameter(collection.segments.at(-1)))
      continue;
    const parent = parentOf(collection.segments, found);
    const named = collection.segments.filter(isParameter).length;
    // If the parent is not a resource, all parents would share the same items.
    if (named !== (parent?.sides.length ?? 0) || parent?.isAmbiguous === true) continue;
    const name = nameFor(collection.segments, found);
    const resource = resourceAt(contract, { name, collection, item, parent, places });
    if (resource !== undefined) found.push(resource);
  }
  const order = [...places.values()].map(({ segments }) => shapeOf(segments));
  const indexOf = ({ segments }: Found): number => order.indexOf(shapeOf(segments));
  const resources = found.sort((one, other) => indexOf(one) - indexOf(other)).map(({ resource }) => resource);
  return { resources, named: namedBy(contract, places, found) };
}

/** What the paths of operations name whose effect is not known: by operation, resource → path parameter. */
function namedBy(
  contract: Contract,
  places: ReadonlyMap<string, Place>,
  found: readonly Found[],
): ReadonlyMap<Operation, Readonly<Record<string, string>>> {
  const known = new Set(found.flatMap(({ resource }) => resource.operations.map(({ operation }) => operation)));
  const named = new Map<Operation, Readonly<Record<string, string>>>();
  for (const { segments, methods } of places.values()) {
    const parent = parentOf(segments, found);
    if (parent === undefined) continue;
    for (const operation of methods.values())
      if (!known.has(operation) && !acceptsPatch(operation) && takesKeys(contract, operation, parent.sides))
        named.set(operation, { ...alsoNamed(contract, operation, parent, found), ...at(operation, parent.sides).of });
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

/** The operations of all paths of one shape. Paths end in a slash in some frameworks. */
interface Place {
  readonly segments: readonly string[];
  readonly methods: ReadonlyMap<Method, Operation>;
}

/** A resource with what is needed to find others under it. */
interface Found {
  readonly resource: RestResource;
  /** Of the path of an item. */
  readonly segments: readonly string[];
  /** The resources that the path of an item names, and the positions of their parameters. */
  readonly sides: readonly Side[];
  /** Whether several items may have the same key: clients choose it, within the parent. */
  readonly isAmbiguous: boolean;
}

interface Side {
  readonly name: string;
  readonly position: number;
  /** A key of an item. */
  readonly example: string | number;
}

interface ResourcePlaces {
  readonly name: string;
  readonly collection: Place;
  readonly item: Place;
  readonly parent: Found | undefined;
  readonly places: ReadonlyMap<string, Place>;
}

function placesOf(contract: Contract): ReadonlyMap<string, Place> {
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
  const only = onlyValue(parameterAt(operation, position)?.schema ?? {});
  return typeof only === 'string' || typeof only === 'number' ? encodeURIComponent(only) : undefined;
}

/** The resource with the longest path that a path begins with. */
function parentOf(segments: readonly string[], found: readonly Found[]): Found | undefined {
  return found
    .filter((each) => shapeOf(segments.slice(0, each.segments.length)) === shapeOf(each.segments))
    .sort((one, other) => other.segments.length - one.segments.length)[0];
}

function resourceAt(contract: Contract, places: ResourcePlaces): Found | undefined {
  const { name, collection, item, parent } = places;
  const create = collection.methods.get('POST');
  const first = firstShown(contract, places);
  if (create === undefined || first === undefined) return undefined;
  // What cannot take the keys of the parent is about something else.
  if (parent !== undefined && !takesKeys(contract, create, parent.sides)) return undefined;
  const { key, parameter } = first;
  const known = new Set(Object.keys(propertiesOf(contract, first.schema)));
  const accepted = acceptedItem(contract, create, { name, known });
  if (accepted === undefined || acceptsPatch(create)) return undefined;
  const created = createdItem(contract, create, { name, key, accepted: accepted.schema, shown: first.schema });
  const shown = new ShownSchemas(contract, key);
  if (created === undefined || !shown.add(first.schema) || !shown.add(created.schema)) return undefined;
  const inPath = parameter.schema;
  const given = propertiesOf(contract, accepted.schema)[key];
  // A key that a request may choose would name nothing if the path does not take it.
  if (given !== undefined && !fitsPath(contract, given, inPath)) return undefined;
  const shownKeys = [first.schema, created.schema].map((schema) => propertiesOf(contract, schema)[key] ?? {});
  const found = templateFor(contract, [...shownKeys, inPath], parametersFor(item, places.places));
  if (found === undefined) return undefined;
  const { template, example } = found;
  const sides = [...(parent?.sides ?? []), { name, position: item.segments.length - 1, example }];
  const operations: RestOperation[] = [{ kind: 'create', ...at(create, sides, created), ...withinOf(accepted) }];
  const read = item.methods.get('GET');
  if (read !== undefined) operations.push({ kind: 'read', ...at(read, sides, first) });
  const list = collection.methods.get('GET');
  const listed = list && listedItems(contract, list, (schema) => key in propertiesOf(contract, schema));
  if (list && listed && shown.add(listed.schema)) operations.push({ kind: 'list', ...at(list, sides, listed) });
  const bodies = [accepted.schema];
  for (const update of updatesOf(item)) {
    const body = acceptedItem(contract, update, { name, known });
    if (body === undefined) continue;
    const answer = shownItem(contract, update, { name, isItem: (schema) => key in propertiesOf(contract, schema) });
    // An answer that shows no item is as documented.
    if (answer !== undefined && !shown.add(answer.schema)) continue;
    bodies.push(body.schema);
    operations.push({ kind: 'update', ...at(update, sides, answer), ...withinOf(body) });
  }
  const remove = item.methods.get('DELETE');
  if (remove !== undefined) operations.push({ kind: 'delete', ...at(remove, sides) });
  const under = parent && {
    parent: parent.resource.name,
    property: parentProperty(contract, parent, { shown: shown.all, bodies }),
  };
  const resource: RestResource = {
    name,
    path: collection.segments.join('/'),
    key,
    template,
    ...(under === undefined ? {} : { under }),
    operations,
    shownIn: shown.all,
    sentIn: bodies,
  };
  const isAmbiguous = parent !== undefined && given !== undefined && mayChoose(contract, accepted.schema, key);
  return { resource, segments: item.segments, sides, isAmbiguous };
}

/** Whether clients may choose the key of an item. One schema often serves requests and answers, with an optional `id`. */
function mayChoose(contract: Contract, accepted: Schema, key: string): boolean {
  const { readOnly } = mergedSchema(contract, propertiesOf(contract, accepted)[key] ?? {});
  const { required } = mergedSchema(contract, accepted);
  const isRequired = Array.isArray(required) && required.includes(key);
  return readOnly !== true && (isRequired || !isUsuallyGenerated(key));
}

/** What shows an item first: its schema, the property that the path of the item names, and the parameter that does. */
interface FirstShown extends Held {
  readonly key: string;
  readonly parameter: Parameter;
}

/** What the operation that reads an item shows; where none does, and others change an item, what the listing shows. */
function firstShown(contract: Contract, { name, collection, item }: ResourcePlaces): FirstShown | undefined {
  const read = item.methods.get('GET');
  const list = collection.methods.get('GET');
  const operation = read ?? CHANGES.flatMap((method) => item.methods.get(method) ?? [])[0];
  const parameter = operation?.parameters.find(
    ({ in: place, name: each }) => place === 'path' && each === lastParameter(operation),
  );
  if (operation === undefined || parameter === undefined) return undefined;
  const { name: inPath, description } = parameter;
  const itemPath = { resource: name, parameter: inPath, ...(description === undefined ? {} : { description }) };
  const isItem = (schema: Schema): boolean => keyIn(contract, schema, itemPath) !== undefined;
  const held = read ? shownItem(contract, read, { name, isItem }) : list && listedItems(contract, list, isItem);
  const key = held && keyIn(contract, held.schema, itemPath);
  return held === undefined || key === undefined ? undefined : { ...held, key, parameter };
}

const CHANGES = ['DELETE', 'PATCH', 'PUT'] as const;

/** Keywords that allow some texts only. */
const NARROW = ['pattern', 'format', 'enum', 'minLength', 'maxLength'];

/** Whether a path takes each key that a schema allows, as far as their keywords are the same. */
function fitsPath(contract: Contract, key: Schema, inPath: Schema): boolean {
  const [own, others] = [mergedSchema(contract, key), mergedSchema(contract, inPath)];
  if (own.readOnly === true) return true;
  return NARROW.every((name) => others[name] === undefined || isDeepStrictEqual(others[name], own[name]));
}

function lastParameter({ path }: Operation): string {
  return pathSegments(path).at(-1)?.slice(1, -1) ?? '';
}

/** The schemas of the parameters that name an item, in its path and the paths below it. */
function parametersFor({ segments }: Place, places: ReadonlyMap<string, Place>): readonly Schema[] {
  const position = segments.length - 1;
  return [...places.values()]
    .filter((place) => shapeOf(place.segments.slice(0, segments.length)) === shapeOf(segments))
    .flatMap(({ methods }) => [...methods.values()])
    .map((operation) => parameterAt(operation, position)?.schema)
    .filter((schema) => schema !== undefined);
}

function parameterAt(operation: Operation, position: number): Parameter | undefined {
  const name = pathSegments(operation.path)[position]?.slice(1, -1);
  return operation.parameters.find((each) => each.in === 'path' && each.name === name);
}

/** Whether the path of an operation takes the keys of these items. */
function takesKeys(contract: Contract, operation: Operation, sides: readonly Side[]): boolean {
  return sides.every(({ position, example }) => {
    const parameter = parameterAt(operation, position);
    return parameter === undefined || takesKey(contract, parameter.schema, example);
  });
}

/** A POST to an item is an update where nothing else is. */
function updatesOf({ methods }: Place): readonly Operation[] {
  const updates = (['PUT', 'PATCH', 'POST'] as const).flatMap((method) => methods.get(method) ?? []);
  const usual = updates.length > 1 ? updates.filter(({ method }) => method !== 'POST') : updates;
  return usual.filter((operation) => !acceptsPatch(operation));
}

/** An operation with the resources that its path names. */
function at(operation: Operation, sides: readonly Side[], held?: Held): Omit<RestOperation, 'kind'> {
  const segments = pathSegments(operation.path);
  const of = Object.fromEntries(
    sides.flatMap(({ name, position }) => {
      const segment = segments[position];
      return segment === undefined ? [] : [[name, segment.slice(1, -1)]];
    }),
  );
  return { operation, of, ...(held?.holder === undefined ? {} : { as: held.holder }) };
}

function withinOf({ holder }: Held): Pick<RestOperation, 'within'> {
  return holder === undefined ? {} : { within: holder };
}

interface ChildSchemas {
  readonly shown: readonly Schema[];
  readonly bodies: readonly Schema[];
}

/**
 * The property of an item that holds the key of its parent: one that answers show and no request sets, else one that no
 * answer shows.
 */
function parentProperty(contract: Contract, { resource: parent }: Found, { shown, bodies }: ChildSchemas): string {
  const wanted = bareName(`${parent.name}${parent.key}`);
  const text = (schemas: readonly Schema[], name: string): string | undefined => {
    const schema = schemas.map((each) => propertiesOf(contract, each)[name]).find((each) => each !== undefined);
    return schema && ShownSchemas.textOf(contract, schema);
  };
  const declared = new Set([...shown, ...bodies].flatMap((schema) => Object.keys(propertiesOf(contract, schema))));
  const visible = [...declared].find(
    (name) =>
      bareName(name) === wanted &&
      text(bodies, name) === undefined &&
      text(shown, name) === text(parent.shownIn, parent.key),
  );
  let hidden = `${parent.name}_${parent.key}`;
  while (declared.has(hidden)) hidden += '_';
  return visible ?? hidden;
}

/** A name in the form of `x-resources`, in the singular, that no other resource has. */
function nameFor(segments: readonly string[], found: readonly Found[]): string {
  const words = segments
    .join('/')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const plural = words.at(-1) ?? 'item';
  const singular = plural
    .replace(/people$/, 'person')
    .replace(/children$/, 'child')
    .replace(/^(mov|cook|zomb|brown)ies$/, '$1ie')
    .replace(/ies$/, 'y')
    .replace(/(ss|x|(?<!ca)ch|sh|hero|echo|potato|tomato)es$/, '$1')
    .replace(/([^siu])s$/, '$1');
  const base = /^[a-z]/.test(singular) ? singular : `item-${singular}`;
  const taken = new Set(found.map(({ resource }) => resource.name));
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base}-${number}`;
  return name;
}
