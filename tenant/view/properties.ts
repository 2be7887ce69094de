import { isDeepStrictEqual } from 'node:util';
import type { Contract, Json, Schema } from '../../contract/contract.js';
import { CHILDREN } from '../../contract/schema/child-schemas.js';

/** Parts of parts are followed to this level: forms may lead back to themselves. */
const DEEPEST = 12;

/** Each describes some of the values. */
const ALTERNATIVES: ReadonlySet<string> = new Set(['oneOf', 'anyOf', CHILDREN]);

type Properties = ReadonlyMap<string, Schema>;

/** By contract: one with derived state shares the schemas that it did not change. */
const known = new WeakMap<Contract, WeakMap<Schema, Properties>>();

/** The properties of a schema and its parts: name → schema. Where alternatives differ, any of theirs. */
export function propertiesOf(contract: Contract, schema: Schema): Properties {
  const ofContract = known.get(contract) ?? new WeakMap<Schema, Properties>();
  known.set(contract, ofContract);
  const found = ofContract.get(schema) ?? collected(contract, schema, 0);
  ofContract.set(schema, found);
  return found;
}

/** @param hasChildren - whether what extends the schema counts: not below one of those, which is not like the others */
function collected(contract: Contract, schema: Schema, depth: number, hasChildren = true): Properties {
  const resolved = contract.resolve(schema);
  const found = new Map<string, Schema>();
  if (depth > DEEPEST) return found;
  const isNoted = resolved[CHILDREN] !== undefined;
  for (const keyword of ['allOf', ...ALTERNATIVES]) {
    if (keyword === CHILDREN && !hasChildren) continue;
    const goesOn = keyword === 'allOf' ? hasChildren && !isNoted : true;
    for (const part of schemasOf(resolved[keyword])) {
      for (const [name, property] of collected(contract, part, depth + 1, goesOn)) {
        const other = ALTERNATIVES.has(keyword) ? found.get(name) : undefined;
        found.set(name, other === undefined ? property : either(contract, other, property));
      }
    }
  }
  if (isSchema(resolved.properties)) {
    for (const [name, property] of Object.entries(resolved.properties))
      if (isSchema(property)) found.set(name, property);
  }
  return found;
}

/** A value of one alternative or of another. A role is that of the last one. */
function either(contract: Contract, one: Schema, other: Schema): Schema {
  const [first, second] = [contract.resolve(one), contract.resolve(other)];
  const hasRole = [one, other].some((schema) => contract.valueOf(schema) !== undefined);
  if (hasRole || isDeepStrictEqual(first, second)) return other;
  const shared = ['readOnly', 'writeOnly'].filter((name) => first[name] === true && second[name] === true);
  return { anyOf: [one, other], ...Object.fromEntries(shared.map((name) => [name, true])) };
}

/** The schema of a listing's items, in a bare array or in the array property `as`. */
export function itemSchemaOf(
  contract: Contract,
  schema: Schema,
  as: string | undefined,
  depth = 0,
): Schema | undefined {
  if (depth > DEEPEST) return undefined;
  const resolved = contract.resolve(schema);
  if (isSchema(resolved.items)) return resolved.items;
  const held = as === undefined ? undefined : propertiesOf(contract, resolved).get(as);
  const items = held === undefined ? undefined : contract.resolve(held).items;
  if (isSchema(items)) return items;
  for (const variant of [...schemasOf(resolved.oneOf), ...schemasOf(resolved.anyOf)]) {
    const found = itemSchemaOf(contract, variant, as, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a bare array is valid. */
export function admitsArray(contract: Contract, schema: Schema, depth = 0): boolean {
  const resolved = contract.resolve(schema);
  if (depth > DEEPEST) return false;
  if (resolved.type === 'array') return true;
  return [...schemasOf(resolved.oneOf), ...schemasOf(resolved.anyOf)].some((variant) =>
    admitsArray(contract, variant, depth + 1),
  );
}

/** Whether a value is a list of keys instead of objects. */
export function isKeyList(contract: Contract, schema: Schema): boolean {
  const items = itemSchemaOf(contract, schema, undefined);
  return items !== undefined && contract.resolve(items).type === 'string';
}

export function isSchema(value: Json | undefined): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function schemasOf(value: Json | undefined): Schema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}
