import type { Contract, Json, Operation, Schema } from '../contract.js';
import { isObject } from '../pointer.js';
import { isUuidFormat } from '../sample/uuid-format.js';
import { mergedSchema } from '../schema/merged-schema.js';
import { bareName } from '../text/bare-name.js';
import { propertiesOf } from './item-schemas.js';
import { keyTypes } from './key.js';
import type { RestResource } from './rest-resource.js';

/** Property → the resource whose key it holds. */
export type Mentions = Readonly<Record<string, string>>;

/**
 * What requests say of other resources, by name: `department_id` holds the key of a department if its type is that of the
 * key, and so does `department` if that is a number or a UUID; so do the entries of `department_ids`. The key of a member
 * may be that of a user. Resources below others are left out, since a key alone does not name them.
 */
export function mentionsOf(
  contract: Contract,
  resources: readonly RestResource[],
): ReadonlyMap<RestResource, Mentions> {
  const named = namesOf(contract, resources);
  const all = new Map<RestResource, Mentions>();
  const needs = new Map(resources.map(({ name, under }) => [name, under === undefined ? [] : [under.parent]]));
  for (const resource of resources) {
    const found = new Map<string, string>();
    for (const schema of resource.sentIn) {
      for (const [property, inner] of Object.entries(propertiesOf(contract, schema))) {
        const other = named.find(({ fits }) => fits(property, inner))?.name;
        // Items that need each other could not be created.
        if (other === undefined || isNeeded(resource.name, other, needs)) continue;
        found.set(property, other);
        needs.get(resource.name)?.push(other);
      }
    }
    all.set(resource, Object.fromEntries(found));
  }
  return all;
}

/** The same of the bodies of operations whose effect is not known. */
export function mentionsOfOthers(
  contract: Contract,
  resources: readonly RestResource[],
): ReadonlyMap<Operation, Mentions> {
  const known = new Set(resources.flatMap(({ operations }) => operations.map(({ operation }) => operation)));
  const named = namesOf(contract, resources);
  const all = new Map<Operation, Mentions>();
  for (const operation of contract.operations) {
    const schema = operation.requestBody?.content[0]?.schema;
    if (known.has(operation) || schema === undefined) continue;
    const found = Object.entries(propertiesOf(contract, schema)).flatMap(([property, inner]): [string, string][] => {
      const other = named.find(({ fits }) => fits(property, inner));
      return other === undefined ? [] : [[property, other.name]];
    });
    if (found.length > 0) all.set(operation, Object.fromEntries(found));
  }
  return all;
}

function namesOf(contract: Contract, resources: readonly RestResource[]): readonly Names[] {
  return resources.filter(({ under }) => under === undefined).map((resource) => namesFor(contract, resource));
}

interface Names {
  readonly name: string;
  readonly fits: (property: string, schema: Schema) => boolean;
}

function namesFor(contract: Contract, { name, key, path, shownIn }: RestResource): Names {
  const shown =
    shownIn.map((schema) => propertiesOf(contract, schema)[key]).find((schema) => schema !== undefined) ?? {};
  const type = formOf(contract, shown);
  const isTelling = type !== undefined && type !== 'string';
  const plural = bareName(path.split('/').at(-1) ?? '');
  // A key may have the name of the resource in its own: `client_id`.
  const whole = bareName(key).startsWith(bareName(name)) ? bareName(key) : bareName(name + key);
  const one = [whole, ...(isTelling ? [bareName(name)] : [])];
  const many = [`${whole}s`, ...(isTelling ? [plural] : [])];
  return {
    name,
    fits: (property, schema) => {
      const { items } = mergedSchema(contract, schema);
      const isNamed = (isObject(items) ? many : one).includes(bareName(property));
      return isNamed && type !== undefined && formOf(contract, isObject(items) ? items : schema) === type;
    },
  };
}

/** Whether an item of `other` needs one of `name`, itself or through what it needs. */
function isNeeded(name: string, other: string, needs: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set([other]);
  for (const each of seen) for (const next of needs.get(each) ?? []) seen.add(next);
  return seen.has(name);
}

/** What a key is: `number`, `string`, or a text of a format. */
function formOf(contract: Contract, schema: Schema): Json | undefined {
  const [type] = keyTypes(contract, schema);
  if (type === 'integer' || type === 'number') return 'number';
  if (type !== 'string') return undefined;
  const { format, oneOf, anyOf } = mergedSchema(contract, schema);
  const formats = [{ format: format ?? null }, ...[oneOf, anyOf].flat().filter(isObject)].map((form) => form.format);
  return formats.some(isUuidFormat) ? 'uuid' : 'string';
}
