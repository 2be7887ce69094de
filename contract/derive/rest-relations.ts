import type { Contract, Operation, Schema } from '../contract.js';
import { bareName } from '../text/bare-name.js';
import { listedItems, propertiesOf, ShownSchemas, shownItem, showsNothing } from './item-schemas.js';
import { listNaming } from './named-list.js';
import { pathSegments, shapeOf } from './path-shape.js';
import type { RestDocument, RestResource } from './rest-resource.js';
import { TIMES } from './times.js';

/**
 * A set of tuples of two resources: `PUT /crews/{crew_id}/sailors/{sailor_id}` adds one, or `POST /crews/{crew_id}/sailors`
 * with a list of sailors several, and `GET …/sailors` lists them.
 */
export interface RestRelation {
  /** `crew-sailors`. */
  readonly name: string;
  /** The path of a tuple, or of the listing where no path names one. */
  readonly path: string;
  /** The resources, in the order of the path. */
  readonly between: readonly [string, string];
  readonly operations: readonly RelationOperation[];
  /** The schemas of answers that show an item of the second resource. */
  readonly shownIn: readonly Schema[];
  /** The second resource. */
  readonly listed: RestResource;
}

export interface RelationOperation {
  readonly kind: 'add' | 'remove' | 'read' | 'list';
  readonly operation: Operation;
  /** What the path names: resource → path parameter. */
  readonly of: Readonly<Record<string, string>>;
  /** The property of the answer that holds the items of a listing, or the item. */
  readonly as?: string;
  /** The second resource → the list in the body that names its items, as a JSON pointer. */
  readonly each?: Readonly<Record<string, string>>;
}

/**
 * The relations that a document describes by REST conventions: a path that names an item and one of another collection is
 * put and deleted, without a body, or a list of items is posted to the path before it and deleted there, and that path
 * lists items of that collection.
 *
 * @param document - what its paths describe besides
 */
export function restRelations(contract: Contract, document: RestDocument): readonly RestRelation[] {
  const links = new Map<string, Link>();
  for (const [operation, of] of document.named) {
    const segments = pathSegments(operation.path);
    const nameAt = (place: number) => Object.keys(of).find((name) => segments.at(place) === `{${of[name]}}`);
    const [owner, listed] = [nameAt(-3), nameAt(-1)];
    if (owner === undefined || listed === undefined || Object.keys(of).length > 2) continue;
    const collection = segments.slice(0, -1);
    const link = links.get(shapeOf(collection)) ?? { between: [owner, listed], collection, changes: [] };
    if (link.between[1] === listed) link.changes.push({ operation, of });
    links.set(shapeOf(collection), link);
  }
  for (const link of listedLinks(contract, document)) {
    const shape = shapeOf(link.collection);
    if (!links.has(shape)) links.set(shape, link);
  }
  const found = [...links.values()].flatMap((link) => relationAt(contract, document, link) ?? []);
  return found.filter(({ name }, index) => found.findIndex((other) => other.name === name) === index);
}

type Naming = readonly [operation: Operation, of: Readonly<Record<string, string>>];

/** A collection that names an item of one resource, and what is known of another in it. */
interface Link {
  readonly between: readonly [string, string];
  /** Of the path of the collection. */
  readonly collection: readonly string[];
  /** The operations of a path that names items of both. */
  readonly changes: { readonly operation: Operation; readonly of: Readonly<Record<string, string>> }[];
}

/** The collections below an item to which a list of items of another collection is posted. */
function listedLinks(contract: Contract, { named, resources }: RestDocument): readonly Link[] {
  return [...named].flatMap(([operation, of]: Naming): readonly Link[] => {
    const collection = pathSegments(operation.path);
    const [owner, ...others] = Object.keys(of);
    const listing = listingAt(collection, named)?.[0];
    if (operation.method !== 'POST' || listing === undefined) return [];
    if (owner === undefined || others.length > 0 || collection.at(-2) !== `{${of[owner]}}`) return [];
    const listed = resources.find(
      (each) => each.name !== owner && listNaming(contract, { operation, listing }, each) !== undefined,
    );
    return listed === undefined ? [] : [{ between: [owner, listed.name], collection, changes: [] }];
  });
}

function listingAt(collection: readonly string[], named: RestDocument['named']): Naming | undefined {
  return below(collection, named).find(([{ method }]) => method === 'GET');
}

/** The operations of a collection below an item. */
function below(collection: readonly string[], named: RestDocument['named']): readonly Naming[] {
  return [...named].filter(([{ path }]) => shapeOf(pathSegments(path)) === shapeOf(collection));
}

function relationAt(
  contract: Contract,
  { named, resources }: RestDocument,
  { between, collection, changes }: Link,
): RestRelation | undefined {
  const listed = resources.find(({ name }) => name === between[1]);
  const listing = listingAt(collection, named);
  if (listed === undefined || listing === undefined) return undefined;
  const [list, of] = listing;
  const shown = new ShownSchemas(contract, listed.key);
  const isItem = (schema: Schema): boolean => listed.key in propertiesOf(contract, schema);
  const items = listedItems(contract, list, isItem);
  if (items === undefined || ![...listed.shownIn, items.schema].every((schema) => shown.add(schema))) return undefined;
  if (!isAlike(contract, listed, items.schema)) return undefined;
  const found: RelationOperation[] = [{ kind: 'list', operation: list, of, ...asOf(items) }];
  for (const { operation, of: sides } of changes) {
    const kind = KINDS[operation.method];
    const item = shownItem(contract, operation, { name: listed.name, isItem });
    // What needs a body says more than that there is a tuple.
    if (kind === undefined || operation.requestBody?.required === true) continue;
    if (kind === 'read' && item === undefined && !showsNothing(operation)) continue;
    if (item !== undefined && !shown.add(item.schema)) continue;
    found.push({ kind, operation, of: sides, ...asOf(item) });
  }
  for (const [operation, sides] of below(collection, named)) {
    const kind = LIST_KINDS[operation.method];
    const entries = listNaming(contract, { operation, listing: list }, listed);
    if (kind !== undefined && entries !== undefined)
      found.push({ kind, operation, of: sides, each: { [listed.name]: entries } });
  }
  const kinds = new Set(found.map(({ kind }) => kind));
  if (!kinds.has('add') || !kinds.has('remove')) return undefined;
  const [change] = changes;
  const name = `${between[0]}-${bareName(collection.at(-1) ?? '')}`;
  const path = change?.operation.path.replace(/\/+$/, '') ?? collection.join('/');
  return { name, path, between, operations: found, shownIn: shown.all, listed };
}

const LIST_KINDS: Readonly<Record<string, 'add' | 'remove'>> = { POST: 'add', DELETE: 'remove' };

/**
 * Whether what a listing shows is an item of the resource, and not something else with an `id`, such as a membership: most
 * of its other properties are the item's.
 */
function isAlike(contract: Contract, { key, shownIn }: RestResource, schema: Schema): boolean {
  const known = new Set(shownIn.flatMap((each) => Object.keys(propertiesOf(contract, each))));
  const own = Object.keys(propertiesOf(contract, schema)).filter((name) => name !== key && !isTime(name));
  const shared = own.filter((name) => known.has(name));
  return own.length === 0 || shared.length * 2 > own.length;
}

function isTime(name: string): boolean {
  return TIMES.some(([pattern]) => pattern.test(bareName(name)));
}

const KINDS: Readonly<Record<string, RelationOperation['kind']>> = {
  GET: 'read',
  PUT: 'add',
  POST: 'add',
  DELETE: 'remove',
};

function asOf(held: { readonly holder?: string } | undefined): Pick<RelationOperation, 'as'> {
  return held?.holder === undefined ? {} : { as: held.holder };
}
