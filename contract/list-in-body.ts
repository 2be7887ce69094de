import type { Contract, Json, JsonObject, Operation, Schema } from './contract.js';
import { isObject, splitPointer } from './pointer.js';

/** The schema of the place in a request body that names the items of a side (`each`): a list, or the text of one. */
export function listInBody(contract: Contract, operation: Operation, pointer: string): Schema | undefined {
  const schema = operation.requestBody?.content[0]?.schema;
  if (schema === undefined) return undefined;
  let current: Schema = contract.resolve(schema);
  for (const segment of splitPointer(pointer)) {
    const next = propertyIn(contract, current, segment);
    if (next === undefined) return undefined;
    current = contract.resolve(next);
  }
  return current;
}

/** A property of a schema or of one of its parts. */
function propertyIn(contract: Contract, { properties, allOf }: Schema, name: string): Schema | undefined {
  const own = isObject(properties) ? properties[name] : undefined;
  if (isObject(own)) return own;
  const parts: readonly Json[] = Array.isArray(allOf) ? allOf : [];
  return parts
    .filter(isObject)
    .map((part) => propertyIn(contract, contract.resolve(part), name))
    .find((found) => found !== undefined);
}

/** The schema of the entries of such a list, if they are objects; undefined if they are keys. */
export function entrySchema(contract: Contract, operation: Operation, pointer: string): Schema | undefined {
  const { items } = listInBody(contract, operation, pointer) ?? {};
  const entry = isObject(items) ? contract.resolve(items) : undefined;
  return entry !== undefined && isObject(entry.properties) ? entry : undefined;
}

/**
 * An entry of a list in a request body that names an item of a side. Where entries are objects, it has the key of the
 * item, and the flag of the operation.
 *
 * @param name - how bodies name the item: its key, or for an item inside another the object of its key properties
 * @param adds - whether the entry adds its tuple
 */
export function entryNaming(
  contract: Contract,
  operation: Operation,
  { side, name, adds }: { readonly side: string; readonly name: Json; readonly adds: boolean },
): Json {
  const { each = {}, flag } = operation.effect ?? {};
  const resource = contract.resources.get(side);
  if (isObject(name) || resource === undefined || entrySchema(contract, operation, each[side] ?? '') === undefined) {
    return name;
  }
  const entry: JsonObject = { [resource.key]: name };
  return flag === undefined ? entry : { ...entry, [flag]: adds };
}
