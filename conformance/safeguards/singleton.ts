import type { Contract, Json, JsonObject, Operation, Schema } from '../../contract/contract.js';
import { bodyOfSuccess, isHolderName } from '../../contract/derive/item-schemas.js';
import { pathSegments, shapeOf } from '../../contract/derive/path-shape.js';
import { canonicalText } from '../../contract/json/canonical-text.js';
import { listOr } from '../../contract/json/json-value.js';
import { isObject } from '../../contract/pointer.js';
import { mergedSchema } from '../../contract/schema/merged-schema.js';
import { fitsRequest } from '../fixtures/fitting-value.js';
import { hasItemsBelow, shownList } from '../lookup/listings/shown-list.js';
import { isUnstated } from '../lookup/resource-operations.js';
import { bodyMedia } from '../target/request-body.js';

/** The operations of a resource that exists once, at a path of its own: `GET` and `PUT /settings`. */
export interface Singleton {
  readonly read: Operation;
  /** All that may change it, by method. */
  readonly changes: ReadonlyMap<string, Operation>;
  /** The ids of those of which only an answer of the GET can tell: the document does not say what it shows. */
  readonly uncertain: ReadonlySet<string>;
}

/** Forms in forms are followed to this level: they may lead back to themselves. */
const DEEPEST_FORM = 4;

/** Names of paths that set what is at the path before: `POST /settings/update`. */
const SETS = /^(update|set|edit|save|change|modify)$/;

/** The singletons of a contract, by the routes of what reads and changes them. */
export function singletonsOf(contract: Contract): ReadonlyMap<string, Singleton> {
  const found = new Map<string, Singleton>();
  for (const read of contract.operations) {
    if (read.method !== 'GET' || endsInParameter(read.route) || read.effect?.kind === 'list') continue;
    const changes = new Map<string, Operation>();
    const uncertain = new Set<string>();
    for (const operation of contract.operations.filter((each) => isAt(read, each))) {
      const certainty = changesSingleton(contract, read, operation);
      if (certainty === 'no' || changes.has(operation.method)) continue;
      changes.set(operation.method, operation);
      if (certainty === 'perhaps') uncertain.add(operation.id);
    }
    const singleton = { read, changes, uncertain };
    // What has a GET of its own is shown there.
    for (const { route } of changes.values()) if (!found.has(route)) found.set(route, singleton);
    if (changes.size > 0) found.set(read.route, singleton);
  }
  return found;
}

/** Whether the path of an operation is that of the GET, or one below it that sets what the GET shows. */
function isAt(read: Operation, { route, method }: Operation): boolean {
  if (route === read.route) return true;
  const [own, segments] = [pathSegments(read.route), pathSegments(route)];
  const isBelow = segments.length === own.length + 1 && shapeOf(segments.slice(0, -1)) === shapeOf(own);
  return isBelow && ['POST', 'PUT', 'PATCH'].includes(method) && SETS.test(segments.at(-1) ?? '');
}

function endsInParameter(route: string): boolean {
  return route.endsWith('}');
}

type Certainty = 'surely' | 'perhaps' | 'no';

function changesSingleton(contract: Contract, read: Operation, operation: Operation): Certainty {
  const { method, effect } = operation;
  if (!isUnstated(operation, contract)) {
    const isChange = effect?.kind === 'update' || effect?.kind === 'delete';
    return isChange && effect.on === 'resource' && effect.of[effect.target] === undefined ? 'surely' : 'no';
  }
  const isBelow = operation.route !== read.route;
  if (method === 'PUT' && !isBelow) return 'surely';
  // A list may be replaced; what else changes it is about some of its items.
  const list = shownList(contract, read);
  if (list !== undefined && list.as === undefined) return 'no';
  const isCollection = hasItemsBelow(contract, read);
  // So may settings that have a list among others.
  if (list !== undefined && isCollection)
    return method === 'PATCH' && sets(contract, read, operation) === 'surely' ? 'surely' : 'no';
  if (method === 'POST' || isBelow) return isCollection ? 'no' : sets(contract, read, operation);
  return method === 'PATCH' || method === 'DELETE' ? 'surely' : 'no';
}

/** Whether a request sets what the GET shows, and creates nothing: all that it takes is shown, with the same types. */
function sets(contract: Contract, read: Operation, change: Operation): Certainty {
  const taken = bodyMedia(change)?.schema;
  const shown = bodyOfSuccess(read);
  const names = writableProperties(contract, change);
  if (taken === undefined || names === undefined) return 'no';
  if (shown === undefined || isAnyObject(contract, shown)) return 'perhaps';
  const [own, others] = [propertiesIn(contract, taken), propertiesIn(contract, shown)];
  return names.every((name) => shareType(contract, own[name], others[name])) ? 'surely' : 'no';
}

/** Whether a schema does not say which properties there are. */
function isAnyObject(contract: Contract, schema: Schema): boolean {
  const [type = 'object', ...others] = typesIn(contract, schema);
  return type === 'object' && others.length === 0 && Object.keys(propertiesIn(contract, schema)).length === 0;
}

/** Whether an answer shows what a request would set, also inside an object. */
export function showsAll(shown: Json, names: readonly string[]): boolean {
  if (!isObject(shown) || names.length === 0) return false;
  const hasAll = (value: Json): boolean => isObject(value) && names.every((name) => Object.hasOwn(value, name));
  return [shown, ...Object.values(shown)].some(hasAll);
}

/** Whether values of one schema may be of the other; a schema without a word on types allows any. */
function shareType(contract: Contract, one: Json | undefined, other: Json | undefined): boolean {
  if (!isObject(one) || !isObject(other)) return false;
  const [types, others] = [typesIn(contract, one), typesIn(contract, other)];
  if (types.length === 0 || others.length === 0) return true;
  return types.some((type) => type !== 'null' && others.includes(type));
}

/** The types that a schema allows, also by its forms: `anyOf: [{type: string}, {type: 'null'}]`. */
function typesIn(contract: Contract, schema: Schema, depth = 0): readonly Json[] {
  const { type, oneOf, anyOf } = mergedSchema(contract, schema);
  if (type !== undefined || depth > DEEPEST_FORM) return [type ?? []].flat();
  return [...listOr(oneOf), ...listOr(anyOf)].flatMap((form) =>
    isObject(form) ? typesIn(contract, form, depth + 1) : [],
  );
}

/** The names of what a body may set; undefined: the document does not list them. */
export function writableProperties(contract: Contract, operation: Operation): readonly string[] | undefined {
  const schema = bodyMedia(operation)?.schema;
  if (schema === undefined) return undefined;
  const names = writableIn(contract, schema);
  return names.length === 0 ? undefined : names;
}

function writableIn(contract: Contract, schema: Schema): readonly string[] {
  const properties = Object.entries(propertiesIn(contract, schema)).filter(
    ([, property]) => !(isObject(property) && mergedSchema(contract, property).readOnly === true),
  );
  return properties.map(([name]) => name);
}

function propertiesIn(contract: Contract, schema: Schema) {
  const { properties } = mergedSchema(contract, schema);
  return isObject(properties) ? properties : {};
}

/**
 * What requests can set of an answer: the named properties of an object, also of one inside it; otherwise all of it.
 * @param sent - names that requests gave: a target may keep what its document does not name
 */
export function settingsIn(contract: Contract, singleton: Singleton, shown: Json, sent: readonly string[] = []): Json {
  const { read, changes } = singleton;
  const declared = [...changes.values()].flatMap((operation) => writableProperties(contract, operation) ?? []);
  if (!isObject(shown) || declared.length === 0) return shown;
  const names = [...declared, ...undeclared(contract, read, sent)];
  const settable = (value: Json) =>
    isObject(value) ? Object.entries(value).filter(([name]) => names.includes(name)) : [];
  const found = [shown, ...Object.values(shown)].map(settable).find((entries) => entries.length > 0) ?? [];
  const inside = settableInside(contract, singleton);
  return Object.fromEntries(
    found.map(([name, value]) => [
      name,
      name === inside?.holder && isObject(value) ? pick(value, inside.names) : value,
    ]),
  );
}

/** What requests can set where all of it is in one object, beside which an answer shows more: `{"data": {"id": …}}`. */
function settableInside(contract: Contract, { changes }: Singleton) {
  const bodies = [...changes.values()].map((operation) => bodyMedia(operation)?.schema ?? {});
  const [holder, ...others] = new Set(bodies.flatMap((schema) => Object.keys(propertiesIn(contract, schema))));
  if (holder === undefined || others.length > 0) return undefined;
  const inner = bodies.flatMap((schema) => {
    const property = propertiesIn(contract, schema)[holder];
    return isObject(property) ? [property] : [];
  });
  const isClosed = (schema: Schema) =>
    isHolderName(holder) || mergedSchema(contract, schema).additionalProperties === false;
  const names = inner.flatMap((schema) => writableIn(contract, schema));
  return names.length > 0 && inner.every(isClosed) ? { holder, names } : undefined;
}

function pick(value: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}

/** What an answer documents of its own is no setting. */
function undeclared(contract: Contract, read: Operation, sent: readonly string[]): readonly string[] {
  const schema = bodyOfSuccess(read);
  const shown = schema === undefined ? {} : propertiesIn(contract, schema);
  return sent.filter((name) => !Object.hasOwn(shown, name));
}

/**
 * Bodies that set what was there before, the best first: an operation that does not take null may take the rest. Where the
 * document allows none of them, it may be wrong about what the target takes, which has shown it. None: there is nothing to set.
 */
export function bodiesThatSet(contract: Contract, operation: Operation, before: Json, now: Json): readonly Json[] {
  const schema = bodyMedia(operation)?.schema;
  if (schema === undefined) return [];
  const fits = (value: Json) => fitsRequest(contract, schema, value);
  if (!isObject(before)) return fits(before) ? [before] : [];
  const names = writableProperties(contract, operation);
  const given = Object.entries(before).filter(([name]) => names?.includes(name) ?? true);
  const isPart = operation.method === 'PATCH' && isObject(now);
  const whole = isPart ? changedEntries(given, before, now) : given;
  const withoutNull = whole.filter(([, value]) => value !== null);
  const forms = withoutNull.length === whole.length ? [whole] : [whole, withoutNull];
  // An empty body would reset everything.
  const bodies = forms.filter((entries) => entries.length > 0).map((entries) => Object.fromEntries(entries));
  const fitting = bodies.filter(fits);
  return fitting.length > 0 ? fitting : bodies;
}

/** What differs, and null for what was not there; everything where nothing differs: it may be shown late. */
function changedEntries(
  given: readonly (readonly [string, Json])[],
  before: JsonObject,
  now: JsonObject,
): readonly (readonly [string, Json])[] {
  const added = Object.keys(now).filter((name) => !Object.hasOwn(before, name));
  const changed = [
    ...given.filter(([name, value]) => canonicalText(now[name]) !== canonicalText(value)),
    ...added.map((name) => [name, null] as const),
  ];
  return changed.length === 0 ? given : changed;
}

/**
 * Whether readings differ from what was there before. What differs from one reading to the next, such as the answers of a
 * mock, proves nothing.
 */
export function isDifferent(before: Json, readings: readonly Json[]): boolean {
  const [first = null, ...others] = readings;
  const isStable = (of: (reading: Json) => unknown) =>
    others.every((other) => canonicalText(of(other)) === canonicalText(of(first)));
  if (!isObject(before) || !isObject(first))
    return isStable((reading) => reading) && canonicalText(first) !== canonicalText(before);
  const propertyNamed = (name: string) => (reading: Json) => (isObject(reading) ? reading[name] : undefined);
  return [...new Set([...Object.keys(before), ...Object.keys(first)])].some(
    (name) => isStable(propertyNamed(name)) && canonicalText(first[name]) !== canonicalText(before[name]),
  );
}
