import type { Contract, Operation, Schema } from '../contract.js';
import { bareName } from '../text/bare-name.js';
import { listedItems, propertiesOf, ShownSchemas, shownItem, showsNothing } from './item-schemas.js';
import { pathSegments, shapeOf } from './path-shape.js';
import type { RestDocument, RestResource } from './rest-resource.js';
import { TIMES } from './times.js';

/** A set of tuples of two resources: `PUT /crews/{crew_id}/sailors/{sailor_id}` adds one, and `GET …/sailors` lists them. */
export interface RestRelation {
  /** `crew-sailors`. */
  readonly name: string;
  /** The path of a tuple. */
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
}

/**
 * The relations that a document describes by REST conventions: a path that names an item and one of another collection is
 * put and deleted, without a body, and the path before it lists items of that collection.
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
    const shape = shapeOf(segments);
    const link = links.get(shape) ?? { between: [owner, listed], segments, operations: [] };
    link.operations.push({ operation, of });
    links.set(shape, link);
  }
  const found = [...links.values()].flatMap((link) => relationAt(contract, document, link) ?? []);
  return found.filter(({ name }, index) => found.findIndex((other) => other.name === name) === index);
}

/** The operations of one path that names items of two collections. */
interface Link {
  readonly between: readonly [string, string];
  readonly segments: readonly string[];
  readonly operations: { readonly operation: Operation; readonly of: Readonly<Record<string, string>> }[];
}

function relationAt(
  contract: Contract,
  { named, resources }: RestDocument,
  { between, segments, operations }: Link,
): RestRelation | undefined {
  const listed = resources.find(({ name }) => name === between[1]);
  const collection = shapeOf(segments.slice(0, -1));
  const [listing] = [...named].filter(
    ([{ method, path }]) => method === 'GET' && shapeOf(pathSegments(path)) === collection,
  );
  if (listed === undefined || listing === undefined) return undefined;
  const [list, of] = listing;
  const shown = new ShownSchemas(contract, listed.key);
  const isItem = (schema: Schema): boolean => listed.key in propertiesOf(contract, schema);
  const items = listedItems(contract, list, isItem);
  if (items === undefined || ![...listed.shownIn, items.schema].every((schema) => shown.add(schema))) return undefined;
  if (!isAlike(contract, listed, items.schema)) return undefined;
  const found: RelationOperation[] = [{ kind: 'list', operation: list, of, ...asOf(items) }];
  for (const { operation, of: sides } of operations) {
    const kind = KINDS[operation.method];
    const item = shownItem(contract, operation, { name: listed.name, isItem });
    // What needs a body says more than that there is a tuple.
    if (kind === undefined || operation.requestBody?.required === true) continue;
    if (kind === 'read' && item === undefined && !showsNothing(operation)) continue;
    if (item !== undefined && !shown.add(item.schema)) continue;
    found.push({ kind, operation, of: sides, ...asOf(item) });
  }
  const changes = new Set(found.map(({ kind }) => kind));
  if (!changes.has('add') || !changes.has('remove')) return undefined;
  const name = `${between[0]}-${bareName(segments.at(-2) ?? '')}`;
  return { name, path: segments.join('/'), between, operations: found, shownIn: shown.all, listed };
}

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
