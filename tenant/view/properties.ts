import type { Contract, Json, Schema } from '../../contract/contract.js';

/** Parts of parts are followed to this level: forms may lead back to themselves. */
const DEEPEST = 12;

/** The properties of a schema and its parts: name → schema. */
export function propertiesOf(contract: Contract, schema: Schema, depth = 0): ReadonlyMap<string, Schema> {
  const resolved = contract.resolve(schema);
  const found = new Map<string, Schema>();
  if (depth > DEEPEST) return found;
  for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
    for (const part of schemasOf(resolved[keyword])) {
      for (const [name, property] of propertiesOf(contract, part, depth + 1)) found.set(name, property);
    }
  }
  if (isSchema(resolved.properties)) {
    for (const [name, property] of Object.entries(resolved.properties))
      if (isSchema(property)) found.set(name, property);
  }
  return found;
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
