import type { Contract, Json, Operation, Schema } from '../../contract/contract.js';
import { hasFreeParameters } from '../../contract/free-parameters.js';
import { isObject, joinPointer } from '../../contract/pointer.js';
import { mergedSchema } from '../../contract/schema/merged-schema.js';
import { isSecretName } from '../../contract/secrets/secret-name.js';
import { bodyMedia } from '../target/request-body.js';

/** Objects inside a body are searched so deep. */
const DEEPEST = 4;
/** In what a body sets, a token is one that somebody uses. */
const TOKEN = /(^|[_-])token$|Token$/;

/** The document says that no answer shows it, or it says, or its name does, that it is a secret. */
export type SecretKind = 'write-only' | 'named';

/** The places of what a body may set, and what the document or its name calls a secret. */
export function secretsOf(contract: Contract, operation: Operation): readonly (readonly [string, SecretKind])[] {
  const within = (schema: Schema, at: readonly string[]): readonly (readonly [string, SecretKind])[] => {
    const { properties } = mergedSchema(contract, schema);
    if (!isObject(properties) || at.length === DEEPEST) return [];
    return Object.entries(properties).flatMap(([name, property]) => {
      if (!isObject(property)) return [];
      const { writeOnly, format } = mergedSchema(contract, property);
      const place = [...at, name];
      if (writeOnly === true) return [[place.join('.'), 'write-only'] as const];
      if (format === 'password' || isSecret(name)) return [[place.join('.'), 'named'] as const];
      return within(property, place);
    });
  };
  const schema = bodyMedia(operation)?.schema;
  return schema === undefined ? [] : within(schema, []);
}

const knownNames = new WeakMap<Operation, ReadonlySet<string>>();

/**
 * The names of properties that the body of an operation, or a success of it, declares as passwords (`format: password`):
 * what they hold is a secret, whatever they are called.
 */
export function passwordNames(contract: Contract, operation: Operation): ReadonlySet<string> {
  const known = knownNames.get(operation);
  if (known !== undefined) return known;
  const successes = operation.responses.filter(({ status }) => status.startsWith('2'));
  const media = [operation.requestBody, ...successes].flatMap((each) => each?.content ?? []);
  const names = new Set(media.flatMap(({ schema }) => passwordsIn(contract, schema)));
  knownNames.set(operation, names);
  return names;
}

function passwordsIn(contract: Contract, schema: Schema, depth = 0): readonly string[] {
  const { properties, items } = mergedSchema(contract, schema);
  if (depth === DEEPEST) return [];
  const inItems = isObject(items) ? passwordsIn(contract, items, depth + 1) : [];
  const own = Object.entries(isObject(properties) ? properties : {}).flatMap(([name, property]) => {
    if (!isObject(property)) return [];
    return mergedSchema(contract, property).format === 'password' ? [name] : passwordsIn(contract, property, depth + 1);
  });
  return [...own, ...inItems];
}

/**
 * The places of secrets of what exists once, such as a password in `PATCH /me`: whoever uses the target has them, and
 * what they were cannot be read.
 */
export function secretsOfOthers(contract: Contract, operation: Operation): readonly string[] {
  const { effect, method, route } = operation;
  const isOther = effect !== undefined && (effect.on !== 'resource' || effect.kind !== 'update');
  if ((method !== 'PUT' && method !== 'PATCH') || hasFreeParameters(operation) || isOther) return [];
  const isRead = contract.operations.some((other) => other.method === 'GET' && other.route === route);
  return isRead ? secretsOf(contract, operation).map(([place]) => place) : [];
}

/** The same as pointers into the body. */
export function secretPointersOfOthers(contract: Contract, operation: Operation): readonly string[] {
  return secretsOfOthers(contract, operation).map((place) => joinPointer('', ...place.split('.')));
}

/** A value without what is at some places. */
export function withoutPlaces(value: Json, places: ReadonlySet<string>, at = ''): Json {
  if (!isObject(value) || places.size === 0) return value;
  const kept = Object.entries(value).filter(([name]) => !places.has(placeOf(at, name)));
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutPlaces(inner, places, placeOf(at, name))]));
}

export function placeOf(at: string, name: string): string {
  return at === '' ? name : `${at}.${name}`;
}

function isSecret(name: string): boolean {
  return isSecretName(name) || TOKEN.test(name);
}
