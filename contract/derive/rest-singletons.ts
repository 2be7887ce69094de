import type { Contract, JsonObject, Operation, Schema } from '../contract.js';
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
import { resourceName } from './resource-name.js';
import type { Place } from './rest-places.js';
import type { RestOperation, RestResource } from './rest-resource.js';

/** What is known of a document before. */
export interface KnownDocument {
  readonly places: Iterable<Place>;
  readonly resources: readonly RestResource[];
}

/**
 * The resources that exist once, such as settings: `PUT` or `PATCH /settings` changes what `GET /settings` shows, and the
 * path names nothing. Requests and answers must share properties, with the same types.
 */
export function restSingletons(contract: Contract, { places, resources }: KnownDocument): readonly RestResource[] {
  const known = new Set(resources.flatMap(({ operations }) => operations.map(({ operation }) => operation)));
  const taken = new Set(resources.map(({ name }) => name));
  const found: RestResource[] = [];
  for (const { segments, methods } of places) {
    const read = methods.get('GET');
    const updates = (['PUT', 'PATCH'] as const).flatMap((method) => methods.get(method) ?? []);
    // A parameter that allows one value names what others may rely on.
    if (read === undefined || read.route.includes('{')) continue;
    if ([read, ...updates].some((operation) => known.has(operation) || needsQuery(operation))) continue;
    const name = resourceName(segments, taken);
    const singleton = singletonAt(contract, { name, read, updates });
    if (singleton === undefined) continue;
    taken.add(name);
    found.push({ name, path: segments.join('/'), key: '', template: '', once: true, ...singleton });
  }
  return found;
}

interface SingletonPlace {
  readonly name: string;
  readonly read: Operation;
  readonly updates: readonly Operation[];
}

function singletonAt(
  contract: Contract,
  { name, read, updates }: SingletonPlace,
): Pick<RestResource, 'initial' | 'operations' | 'shownIn' | 'sentIn'> | undefined {
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
  const operations: RestOperation[] = [{ kind: 'read', operation: read, of: {}, ...asOf(shown) }];
  const sentIn: Schema[] = [];
  for (const update of updates) {
    const taken = takenBy(update, shown.schema);
    if (taken === undefined) continue;
    const answer = shownItem(contract, update, { name, isItem: (schema) => sets(contract, taken.schema, schema) });
    if (answer !== undefined && !all.add(answer.schema)) continue;
    sentIn.push(taken.schema);
    const within = taken.holder === undefined ? {} : { within: taken.holder };
    operations.push({ kind: 'update', operation: update, of: {}, ...asOf(answer), ...within });
  }
  if (sentIn.length === 0) return undefined;
  return { initial: initialItem(contract, read, shown), operations, shownIn: all.all, sentIn };
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

/** Whether what a request gives is shown: they share properties, each with a type in common. */
function sets(contract: Contract, sent: Schema, shown: Schema): boolean {
  const answered = propertiesOf(contract, shown);
  const shared = Object.entries(propertiesOf(contract, sent)).filter(
    ([name, property]) => name in answered && mergedSchema(contract, property).readOnly !== true,
  );
  return shared.length > 0 && shared.every(([name, property]) => shareType(contract, property, answered[name] ?? {}));
}

function shareType(contract: Contract, one: Schema, other: Schema): boolean {
  const [own, others] = [keyTypes(contract, one), keyTypes(contract, other)];
  return own.length === 0 || others.length === 0 || own.some((type) => others.includes(type));
}
