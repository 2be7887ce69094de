import type { Json, JsonObject } from '../../../contract/contract.js';
import { objectOr } from '../../../contract/json/json-value.js';
import { getPointer, isObject } from '../../../contract/pointer.js';

const SCHEMAS = '#/components/schemas/';

/**
 * The discriminator of a `oneOf` with a mapping for every form that states its value: openapi-typescript gives a form
 * that no mapping names the name of its schema, whatever the form states. Undefined where a mapping cannot say it.
 */
export function mappedDiscriminator(document: Json, schema: JsonObject): JsonObject | undefined {
  const discriminator = objectOr(schema.discriminator);
  const name = discriminator.propertyName;
  if (typeof name !== 'string' || !Array.isArray(schema.oneOf)) return discriminator;
  const mapping = new Map(
    Object.entries(objectOr(discriminator.mapping)).map(([value, at]) => [value, reference(document, at)]),
  );
  const mapped = new Set(mapping.values());
  for (const form of schema.oneOf) {
    const at = isObject(form) ? form.$ref : undefined;
    if (typeof at !== 'string' || mapped.has(at)) continue;
    const stated = statedValues(document, { at, name }, 0);
    if (stated.includes(impliedValue(at))) continue;
    for (const value of stated) {
      if (typeof value !== 'string' || mapping.has(value)) return undefined;
      mapping.set(value, at);
    }
  }
  return { ...discriminator, mapping: Object.fromEntries(mapping) };
}

/** Without a mapping, the value is the name of the schema. */
function impliedValue(at: string): string {
  return at.slice(at.lastIndexOf('/') + 1);
}

/** A mapping may have the name of a schema for a reference. */
function reference(document: Json, at: Json): Json {
  const named = `${SCHEMAS}${String(at)}`;
  return getPointer(document, named.slice(1)) === undefined ? at : named;
}

interface Stated {
  /** The reference to the schema. */
  readonly at: string;
  /** The property of the discriminator. */
  readonly name: string;
}

/** Bases of bases are followed to this level: they may lead back to themselves. */
const DEEPEST = 8;

/** The values that a schema states for a property: by its own `enum` or `const`, or by the mapping of a base. */
function statedValues(document: Json, { at, name }: Stated, depth: number): readonly Json[] {
  const schema = at.startsWith('#/') ? getPointer(document, at.slice(1)) : undefined;
  if (!isObject(schema) || depth > DEEPEST) return [];
  if (typeof schema.$ref === 'string') return statedValues(document, { at: schema.$ref, name }, depth + 1);
  const own = ownValues(document, schema, name);
  if (own.length > 0) return own;
  const bases = Array.isArray(schema.allOf) ? schema.allOf.filter(isObject) : [];
  return bases.flatMap((base) => {
    const shape = typeof base.$ref === 'string' ? objectOr(getPointer(document, base.$ref.slice(1))) : base;
    const { propertyName, mapping } = objectOr(shape.discriminator);
    const named = Object.entries(objectOr(mapping)).filter(([, to]) => reference(document, to) === at);
    if (propertyName === name && named.length > 0) return named.map(([value]) => value);
    return typeof base.$ref === 'string' ? [] : ownValues(document, base, name);
  });
}

function ownValues(document: Json, schema: JsonObject, name: string): readonly Json[] {
  const properties = objectOr(schema.properties);
  const property = objectOr(Object.hasOwn(properties, name) ? properties[name] : undefined);
  const { enum: values, const: only } =
    typeof property.$ref === 'string' ? objectOr(getPointer(document, property.$ref.slice(1))) : property;
  if (only !== undefined) return [only];
  return Array.isArray(values) ? values : [];
}
