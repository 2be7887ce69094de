import { isDeepStrictEqual } from 'node:util';
import type { Contract, Operation, Parameter, Schema } from '../contract.js';
import { mergedSchema } from '../schema/merged-schema.js';
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
import { isUsuallyGenerated, keyIn, templateFor } from './key.js';
import { namedBy } from './named-items.js';
import { parentProperty } from './parent-property.js';
import { isParameter, shapeOf } from './path-shape.js';
import { resourceName } from './resource-name.js';
import {
  type Found,
  lastParameter,
  namedIn,
  type Place,
  parametersFor,
  parentOf,
  placesOf,
  type Side,
  takesKeys,
} from './rest-places.js';
import type { RestDocument, RestOperation, RestResource } from './rest-resource.js';
import { restSingletons } from './rest-singletons.js';

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
    const name = resourceName(collection.segments, new Set(found.map(({ resource: { name } }) => name)));
    const resource = resourceAt(contract, { name, collection, item, parent, places });
    if (resource !== undefined) found.push(resource);
  }
  const order = [...places.values()].map(({ segments }) => shapeOf(segments));
  const indexOf = ({ segments }: Found): number => order.indexOf(shapeOf(segments));
  const collected = found.sort((one, other) => indexOf(one) - indexOf(other)).map(({ resource }) => resource);
  const singletons = restSingletons(contract, { places: places.values(), found });
  return { resources: [...collected, ...singletons], named: namedBy(contract, places, { found, singletons }) };
}

/** What a creation without a body gives: the server makes the whole item, such as a pair of keys. */
const NO_BODY: Held = { schema: {} };

interface ResourcePlaces {
  readonly name: string;
  readonly collection: Place;
  readonly item: Place;
  readonly parent: Found | undefined;
  readonly places: ReadonlyMap<string, Place>;
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
  const accepted = create.requestBody === undefined ? NO_BODY : acceptedItem(contract, create, { name, known });
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

/** A POST to an item is an update where nothing else is. */
function updatesOf({ methods }: Place): readonly Operation[] {
  const updates = (['PUT', 'PATCH', 'POST'] as const).flatMap((method) => methods.get(method) ?? []);
  const usual = updates.length > 1 ? updates.filter(({ method }) => method !== 'POST') : updates;
  return usual.filter((operation) => !acceptsPatch(operation));
}

/** An operation with the resources that its path names. */
function at(operation: Operation, sides: readonly Side[], held?: Held): Omit<RestOperation, 'kind'> {
  return { operation, of: namedIn(operation, sides), ...(held?.holder === undefined ? {} : { as: held.holder }) };
}

function withinOf({ holder }: Held): Pick<RestOperation, 'within'> {
  return holder === undefined ? {} : { within: holder };
}
