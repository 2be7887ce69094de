import type { Contract, Json, Operation } from '../../contract/contract.js';
import { includesJson } from '../../contract/http/media-type.js';
import { canonicalText } from '../../contract/json/canonical-text.js';
import { isObject } from '../../contract/pointer.js';
import { mergedSchema } from '../../contract/schema/merged-schema.js';
import { fitsRequest } from '../fixtures/fitting-value.js';
import { isUnstated } from '../lookup/resource-operations.js';
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
    if (read.method !== 'GET' || endsInParameter(read.route)) continue;
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
  return (
    method === 'PUT' ||
    method === 'PATCH' ||
    method === 'DELETE' ||
    (method === 'POST' && sets(contract, read, operation))
  );
}

/** Whether a POST sets what the GET shows, instead of creating something: all that it takes is shown. */
function sets(contract: Contract, read: Operation, post: Operation): boolean {
  const taken = writableProperties(contract, post);
  const success = read.responses.find(({ status }) => status === '200');
  const schema = success?.content.find(({ type }) => includesJson(type))?.schema;
  const shown = schema === undefined ? [] : Object.keys(propertiesIn(contract, schema));
  return taken !== undefined && taken.length > 0 && taken.every((name) => shown.includes(name));
}

/** The names of what a body may set; undefined: the document does not list them. */
export function writableProperties(contract: Contract, operation: Operation): readonly string[] | undefined {
  const schema = bodyMedia(operation)?.schema;
  if (schema === undefined) return undefined;
  const properties = Object.entries(propertiesIn(contract, schema)).filter(
    ([, property]) => !(isObject(property) && mergedSchema(contract, property).readOnly === true),
  );
  return properties.length === 0 ? undefined : properties.map(([name]) => name);
}

function propertiesIn(contract: Contract, schema: NonNullable<ReturnType<typeof bodyMedia>>['schema']) {
  const { properties } = mergedSchema(contract, schema);
  return isObject(properties) ? properties : {};
}

/** What requests can set of an answer, as text: equal texts, equal settings. */
export function settingsText(contract: Contract, { changes }: Singleton, shown: unknown): string {
  const names = [...changes.values()].map((operation) => writableProperties(contract, operation));
  const known = names.filter((each) => each !== undefined).flat();
  if (!isObject(shown) || known.length === 0) return canonicalText(shown);
  return canonicalText(Object.fromEntries(Object.entries(shown).filter(([name]) => known.includes(name))));
}

/** A body that sets what an answer showed; undefined: the operation does not take it. */
export function bodyThatSets(contract: Contract, operation: Operation, before: Json, now: unknown): Json | undefined {
  const schema = bodyMedia(operation)?.schema;
  if (schema === undefined) return undefined;
  const fits = (value: Json) => fitsRequest(contract, schema, value);
  if (!isObject(before)) return fits(before) ? before : undefined;
  const names = writableProperties(contract, operation);
  const known = Object.entries(before).filter(([name]) => names?.includes(name) ?? true);
  const isWhole = operation.method !== 'PATCH';
  const changed = isObject(now)
    ? known.filter(([name, value]) => canonicalText(now[name]) !== canonicalText(value))
    : known;
  const added =
    isWhole || !isObject(now) ? [] : Object.keys(now).filter((name) => names?.includes(name) && !(name in before));
  const body = Object.fromEntries([...(isWhole ? known : changed), ...added.map((name) => [name, null] as const)]);
  return fits(body) ? body : undefined;
}
