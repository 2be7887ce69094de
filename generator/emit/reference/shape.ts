import type { Contract, Json, JsonObject, Schema } from '../../../contract/contract.js';
import { listOr, objectOr } from '../../../contract/json/json-value.js';
import { isObject } from '../../../contract/pointer.js';

/** The maximum depth of nested `allOf`s, which may refer to each other in a circle. */
const DEEPEST = 8;

/**
 * A schema with its references resolved and its `allOf` merged. Keywords of the schema itself, such as a description
 * next to a reference, override those of the referenced schemas.
 */
export function shapeOf(contract: Contract, schema: Json | undefined, depth = 0): Schema {
  if (!isObject(schema)) return {};
  if (schema.$ref === undefined && schema.allOf === undefined) return schema;
  const shape = shapes.get(schema) ?? resolveShape(contract, schema, depth);
  shapes.set(schema, shape);
  return shape;
}

/** A cache: schemas are read several times and never change. */
const shapes = new WeakMap<Schema, Schema>();

function resolveShape(contract: Contract, schema: JsonObject, depth: number): Schema {
  const { $ref, allOf, ...own } = schema;
  if (depth > DEEPEST) return own;
  const bases = [
    ...(typeof $ref === 'string' ? [contract.resolve({ $ref })] : []),
    ...(Array.isArray(allOf) ? allOf : []),
  ];
  const [only] = bases;
  // A bare reference resolves to the same object each time, so that caches by object work.
  if (bases.length === 1 && Object.keys(own).length === 0) return shapeOf(contract, only, depth + 1);
  return bases.map((base) => shapeOf(contract, base, depth + 1)).reduceRight(merge, own);
}

/** Merges two schemas; keywords of the upper one take precedence. */
function merge(upper: JsonObject, lower: JsonObject): JsonObject {
  const properties = isObject(lower.properties) || isObject(upper.properties);
  const required = Array.isArray(lower.required) || Array.isArray(upper.required);
  return {
    ...lower,
    ...upper,
    ...(properties && { properties: { ...objectOr(lower.properties), ...objectOr(upper.properties) } }),
    ...(required && { required: [...new Set([...listOr(lower.required), ...listOr(upper.required)])] }),
  };
}

/** The alternatives of `oneOf` or `anyOf`; empty if there are none. */
export function formsOf(shape: Schema): readonly Json[] {
  const forms = shape.oneOf ?? shape.anyOf;
  return Array.isArray(forms) ? forms : [];
}

/** The values of `type`. */
export function typesOf(shape: Schema): readonly string[] {
  return [shape.type ?? []].flat().filter((type) => typeof type === 'string');
}
