import type { Contract, Json, JsonObject, Operation, Schema } from '../../contract/contract.js';
import { bodyOfSuccess, isHolderName } from '../../contract/derive/item-schemas.js';
import { canonicalText } from '../../contract/json/canonical-text.js';
import { isObject } from '../../contract/pointer.js';
import { mergedSchema } from '../../contract/schema/merged-schema.js';
import { fitsRequest } from '../fixtures/fitting-value.js';
import { isUnstated } from '../lookup/resource-operations.js';
import { hasItemsBelow, shownList } from '../lookup/shown-list.js';
import { bodyMedia } from '../target/request-body.js';

/** The operations of a resource that exists once, at a path of its own: `GET` and `PUT /settings`. */
export interface Singleton {
  readonly read: Operation;
  /** All that may change it, by method. */
  readonly changes: ReadonlyMap<string, Operation>;
}

/** The singletons of a contract, by route. */
export function singletonsOf(contract: Contract): ReadonlyMap<string, Singleton> {
  const found = new Map<string, Singleton>();
  for (const read of contract.operations) {
    if (read.method !== 'GET' || endsInParameter(read.route) || read.effect?.kind === 'list') continue;
    const changes = contract.operations.filter(
      (operation) => operation.route === read.route && changesSingleton(contract, read, operation),
    );
    if (changes.length > 0)
      found.set(read.route, { read, changes: new Map(changes.map((each) => [each.method, each])) });
  }
  return found;
}

function endsInParameter(route: string): boolean {
  return route.endsWith('}');
}

function changesSingleton(contract: Contract, read: Operation, operation: Operation): boolean {
  const { method, effect } = operation;
  if (!isUnstated(operation, contract)) {
    const isChange = effect?.kind === 'update' || effect?.kind === 'delete';
    return isChange && effect.on === 'resource' && effect.of[effect.target] === undefined;
  }
  if (method === 'PUT') return true;
  // A list may be replaced; what else changes it is about some of its items.
  const list = shownList(contract, read);
  if (list !== undefined && list.as === undefined) return false;
  const isCollection = hasItemsBelow(contract, read);
  // So may settings that have a list among others.
  if (list !== undefined && isCollection) return method === 'PATCH' && sets(contract, read, operation);
  if (method === 'POST') return !isCollection && sets(contract, read, operation);
  return method === 'PATCH' || method === 'DELETE';
}

/** Whether a request sets what the GET shows, and creates nothing: all that it takes is shown, with the same types. */
function sets(contract: Contract, read: Operation, change: Operation): boolean {
  const taken = bodyMedia(change)?.schema;
  const shown = bodyOfSuccess(read);
  const names = writableProperties(contract, change);
  if (taken === undefined || shown === undefined || names === undefined) return false;
  const [own, others] = [propertiesIn(contract, taken), propertiesIn(contract, shown)];
  return names.every((name) => shareType(contract, own[name], others[name]));
}

function shareType(contract: Contract, one: Json | undefined, other: Json | undefined): boolean {
  if (!isObject(one) || !isObject(other)) return false;
  const types = typesIn(contract, other);
  return typesIn(contract, one).some((type) => types.includes(type));
}

function typesIn(contract: Contract, schema: Schema): readonly Json[] {
  const { type = [] } = mergedSchema(contract, schema);
  return [type].flat();
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
