import type { Contract, Json, JsonObject, Schema } from '../contract.js';
import { listOr } from '../json/json-value.js';
import { isObject } from '../pointer.js';

/** A schema without references and `allOf`, their keywords together: of bounds the tighter one counts. */
export function mergedSchema(contract: Pick<Contract, 'resolve'>, schema: JsonObject): Schema {
  const shapes = knownShapes.get(contract) ?? new WeakMap<JsonObject, Schema>();
  knownShapes.set(contract, shapes);
  const known = shapes.get(schema);
  if (known !== undefined) return known;
  const { $ref, allOf, ...own } = schema;
  // What leads back here adds nothing to itself.
  shapes.set(schema, own);
  const bases = [...(typeof $ref === 'string' ? [contract.resolve({ $ref })] : []), ...listOr(allOf)].filter(isObject);
  const shape = bases.map((base) => mergedSchema(contract, base)).reduceRight<JsonObject>(both, own);
  shapes.set(schema, shape);
  return shape;
}

/**
 * Schemas are merged once, since a base may have many heirs. By contract: one with derived state shares the references
 * that it did not change, which lead to schemas that it did.
 */
const knownShapes = new WeakMap<Pick<Contract, 'resolve'>, WeakMap<JsonObject, Schema>>();

function both(upper: JsonObject, lower: JsonObject): JsonObject {
  const joined: Record<string, Json> = { ...lower, ...upper };
  if (isObject(lower.properties) && isObject(upper.properties)) {
    joined.properties = { ...lower.properties, ...bothProperties(upper.properties, lower.properties) };
  }
  const required = [...listOr(lower.required), ...listOr(upper.required)];
  if (required.length > 0) joined.required = [...new Set(required)];
  // Both sets of forms apply: those that the upper one would hide become a part of it.
  for (const keyword of ['oneOf', 'anyOf']) {
    const [a, b] = [lower[keyword], upper[keyword]];
    if (!Array.isArray(a) || !Array.isArray(b) || a === b) continue;
    joined[keyword] = b.map((form) => ({ allOf: [form, { [keyword]: a }] }));
  }
  for (const [name, tighter] of Object.entries(BOUNDS)) {
    const [a, b] = [lower[name], upper[name]];
    if (typeof a === 'number' && typeof b === 'number') joined[name] = tighter(a, b);
  }
  if (Array.isArray(lower.enum) && Array.isArray(upper.enum)) joined.enum = sharedValues(upper.enum, lower.enum);
  const type = sharedType(lower.type, upper.type);
  return type === undefined ? joined : { ...joined, type };
}

function bothProperties(upper: JsonObject, lower: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(upper).map(([name, schema]) => {
      const other = lower[name];
      return [name, other === undefined || !isObject(schema) ? schema : { allOf: [other, schema] }];
    }),
  );
}

/** The values of the upper list that the lower one has too; the upper list where they share none. */
function sharedValues(upper: readonly Json[], lower: readonly Json[]): readonly Json[] {
  const texts = new Set(lower.map((value) => JSON.stringify(value)));
  const shared = upper.filter((value) => texts.has(JSON.stringify(value)));
  return shared.length === 0 ? upper : shared;
}

/** The types that both allow; undefined where one of them names none. */
function sharedType(lower: Json | undefined, upper: Json | undefined): readonly Json[] | undefined {
  if (lower === undefined || upper === undefined) return undefined;
  const others = new Set([lower].flat());
  const shared = [upper].flat().filter((type) => others.has(type) || (type === 'integer' && others.has('number')));
  return shared.length === 0 ? undefined : shared;
}

const BOUNDS: Readonly<Record<string, (a: number, b: number) => number>> = {
  minimum: Math.max,
  maximum: Math.min,
  exclusiveMinimum: Math.max,
  exclusiveMaximum: Math.min,
  minLength: Math.max,
  maxLength: Math.min,
  minItems: Math.max,
  maxItems: Math.min,
  minProperties: Math.max,
  maxProperties: Math.min,
};
