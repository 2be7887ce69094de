import type { Contract, JsonObject, Operation, Schema } from '../contract.js';
import { freeParameters } from '../free-parameters.js';
import { answeredItem } from '../item-envelope.js';
import { isObject } from '../pointer.js';
import { sampleValue } from '../sample/sample-value.js';
import { mergedSchema } from '../schema/merged-schema.js';
import { needsQuery } from '../usual-pages.js';
import {
  acceptedItem,
  acceptsPatch,
  exampleOf,
  type Held,
  propertiesOf,
  ShownSchemas,
  shownItem,
} from './item-schemas.js';
import { keyTypes } from './key.js';
import { parentProperty } from './parent-property.js';
import { isParameter, pathSegments } from './path-shape.js';
import { resourceName } from './resource-name.js';
import { type Found, namedIn, type Place, parentOf, takesKeys } from './rest-places.js';
import type { RestOperation, RestResource } from './rest-resource.js';

/** What is known of a document before. */
export interface KnownDocument {
  readonly places: Iterable<Place>;
  readonly found: readonly Found[];
}

/**
 * The resources that exist once, such as settings: `PUT` or `PATCH /settings` changes what `GET /settings` shows, and the
 * path names nothing, or the item that has them: `/teams/{team_id}/settings`. Requests and answers must share properties,
 * with the same types.
 */
export function restSingletons(contract: Contract, { places, found }: KnownDocument): readonly RestResource[] {
  const resources = found.map(({ resource }) => resource);
  const known = new Set(resources.flatMap(({ operations }) => operations.map(({ operation }) => operation)));
  const taken = new Set(resources.map(({ name }) => name));
  const singletons: RestResource[] = [];
  for (const { segments, methods } of places) {
    const read = methods.get('GET');
    const updates = (['PUT', 'PATCH'] as const).flatMap((method) => methods.get(method) ?? []);
    // The item that a document fixes is what others rely on.
    if (read === undefined || isParameter(pathSegments(read.path).at(-1))) continue;
    const parent = parentOf(segments, found);
    const { sides = [], isAmbiguous = false } = parent ?? {};
    // Of a path that names something else, or what others may rely on, nobody knows what it is about.
    if (isAmbiguous || freeParameters(read).length !== sides.length) continue;
    const isPlain = (each: Operation) => !known.has(each) && !needsQuery(each) && takesKeys(contract, each, sides);
    const name = resourceName(segments, taken);
    const singleton = [read, ...updates].every(isPlain)
      ? singletonAt(contract, { name, path: segments.join('/'), read, updates, parent })
      : undefined;
    if (singleton === undefined) continue;
    taken.add(name);
    singletons.push(singleton);
  }
  return singletons;
}

interface SingletonPlace {
  readonly name: string;
  readonly path: string;
  readonly read: Operation;
  readonly updates: readonly Operation[];
  readonly parent: Found | undefined;
}

function singletonAt(
  contract: Contract,
  { name, path, read, updates, parent }: SingletonPlace,
): RestResource | undefined {
  const takenBy = (update: Operation, item: Schema): Held | undefined => {
    if (acceptsPatch(update)) return undefined;
    const held = acceptedItem(contract, update, { name, known: new Set(Object.keys(propertiesOf(contract, item))) });
    return held !== undefined && sets(contract, held.schema, item) ? held : undefined;
  };
  const isItem = (schema: Schema) => updates.some((update) => takenBy(update, schema) !== undefined);
  const shown = shownItem(contract, read, { name, isItem });
  if (shown === undefined) return undefined;
  const all = new ShownSchemas(contract, '');
  all.add(shown.schema);
  const of = (operation: Operation) => namedIn(operation, parent?.sides ?? []);
  const operations: RestOperation[] = [{ kind: 'read', operation: read, of: of(read), ...asOf(shown) }];
  const sentIn: Schema[] = [];
  for (const update of updates) {
    const taken = takenBy(update, shown.schema);
    if (taken === undefined) continue;
    const answer = shownItem(contract, update, { name, isItem: (schema) => sets(contract, taken.schema, schema) });
    if (answer !== undefined && !all.add(answer.schema)) continue;
    sentIn.push(taken.schema);
    const within = taken.holder === undefined ? {} : { within: taken.holder };
    operations.push({ kind: 'update', operation: update, of: of(update), ...asOf(answer), ...within });
  }
  if (sentIn.length === 0) return undefined;
  const schemas = { shown: all.all, bodies: sentIn };
  const under = parent && {
    parent: parent.resource.name,
    property: parentProperty(contract, parent, schemas),
  };
  return {
    name,
    path,
    key: '',
    template: '',
    once: true,
    initial: initialItem(contract, read, shown),
    ...(under && { under }),
    operations,
    shownIn: all.all,
    sentIn,
  };
}

/** What there is at first: the example of the document, or a sample. */
function initialItem(contract: Contract, read: Operation, shown: Held): JsonObject {
  const example = answeredItem({ kind: 'read', ...asOf(shown) }, exampleOf(read));
  if (isObject(example)) return example;
  const sample = sampleValue(contract, shown.schema, { direction: 'answer' });
  return isObject(sample) ? sample : {};
}

function asOf(held: Held | undefined): Pick<RestOperation, 'as'> {
  return held?.holder === undefined ? {} : { as: held.holder };
}

/** Whether what a request gives is shown: they share properties, each with a type in common, and so have their entries. */
function sets(contract: Contract, sent: Schema, shown: Schema): boolean {
  const answered = propertiesOf(contract, shown);
  const shared = Object.entries(propertiesOf(contract, sent)).filter(
    ([name, property]) => name in answered && mergedSchema(contract, property).readOnly !== true,
  );
  return shared.length > 0 && shared.every(([name, property]) => shareType(contract, property, answered[name] ?? {}));
}

function shareType(contract: Contract, one: Schema, other: Schema): boolean {
  const [own, others] = [keyTypes(contract, one), keyTypes(contract, other)];
  if (own.length > 0 && others.length > 0 && !own.some((type) => others.includes(type))) return false;
  const [entry, shown] = [one, other].map((schema) => mergedSchema(contract, schema).items);
  return !isObject(entry) || !isObject(shown) || shareType(contract, entry, shown);
}
