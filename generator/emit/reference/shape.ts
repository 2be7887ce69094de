import type { Contract, Json, JsonObject, Schema } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';

/** `allOf`s of `allOf`s end somewhere; a circle of them does not. */
const DEEPEST = 8;

/**
 * A schema with its references followed and its `allOf` laid over it: what stands at the place itself, as a description
 * beside a reference, goes before what it refers to.
 */
export function shapeOf(contract: Contract, schema: Json | undefined, depth = 0): Schema {
  if (!isObject(schema)) return {};
  if (schema.$ref === undefined && schema.allOf === undefined) return schema;
  const shape = shapes.get(schema) ?? layOut(contract, schema, depth);
  shapes.set(schema, shape);
  return shape;
}

/** Schemas are looked at several times each, and never change. */
const shapes = new WeakMap<Schema, Schema>();

function layOut(contract: Contract, schema: JsonObject, depth: number): Schema {
  const { $ref, allOf, ...own } = schema;
  if (depth > DEEPEST) return own;
  const bases = [
    ...(typeof $ref === 'string' ? [contract.resolve({ $ref })] : []),
    ...(Array.isArray(allOf) ? allOf : []),
  ];
  const [only] = bases;
  // The same object for each bare reference to a schema, so that what is known of it is found again.
  if (bases.length === 1 && Object.keys(own).length === 0) return shapeOf(contract, only, depth + 1);
  return bases.map((base) => shapeOf(contract, base, depth + 1)).reduceRight(lay, own);
}

/** Both at once, where they speak of the same the upper one. */
function lay(upper: JsonObject, lower: JsonObject): JsonObject {
  const properties = isObject(lower.properties) || isObject(upper.properties);
  const required = Array.isArray(lower.required) || Array.isArray(upper.required);
  return {
    ...lower,
    ...upper,
    ...(properties && { properties: { ...objectOr(lower.properties), ...objectOr(upper.properties) } }),
    ...(required && { required: [...new Set([...listOr(lower.required), ...listOr(upper.required)])] }),
  };
}

function objectOr(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function listOr(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** The forms that a value may have by `oneOf` or `anyOf`; none where it has one form. */
export function formsOf(shape: Schema): readonly Json[] {
  const forms = shape.oneOf ?? shape.anyOf;
  return Array.isArray(forms) ? forms : [];
}

/** The words of `type`. */
export function typesOf(shape: Schema): readonly string[] {
  return [shape.type ?? []].flat().filter((type) => typeof type === 'string');
}
