import type { Json, JsonObject, Schema } from '../contract.js';
import { getPointer, isObject } from '../pointer.js';

/** Where a value is sent. OpenAPI: `readOnly` properties are of answers only, `writeOnly` ones of requests only. */
export type Direction = 'request' | 'answer';

const HIDDEN = { request: 'readOnly', answer: 'writeOnly' } as const;

/** Bases of bases are followed to this level: they may lead back to themselves. */
const DEEPEST = 12;

/**
 * A schema that does not require the properties that values in this direction lack, as OpenAPI says of `required`, nor
 * properties that the same schema forbids: documents misspell some, and no value would fit.
 *
 * @param schema - with all that it refers to under its own `$defs`
 */
export function schemaFor(direction: Direction, schema: Schema): Schema {
  const keyword = HIDDEN[direction];
  const resolve = (part: Json | undefined, depth = 0): JsonObject => {
    if (!isObject(part)) return {};
    if (typeof part.$ref !== 'string' || depth > DEEPEST) return part;
    return { ...resolve(getPointer(schema, part.$ref.slice(1)), depth + 1), ...part };
  };
  const hiddenIn = (part: Json, depth = 0): readonly string[] => {
    if (depth > DEEPEST) return [];
    const { properties, allOf } = resolve(part);
    const own = isObject(properties)
      ? Object.keys(properties).filter((name) => resolve(properties[name])[keyword] === true)
      : [];
    return [...own, ...(Array.isArray(allOf) ? allOf.flatMap((base) => hiddenIn(base, depth + 1)) : [])];
  };
  const copy = (value: Json, inherited: readonly string[]): Json => {
    if (Array.isArray(value)) return value.map((entry: Json) => copy(entry, inherited));
    if (!isObject(value)) return value;
    const { required } = value;
    const parts = COMBINING.some((name) => Array.isArray(value[name]));
    const hidden = Array.isArray(required) || parts ? [...inherited, ...hiddenIn(value)] : [];
    const entries = Object.entries(value).map(([name, entry]): readonly [string, Json] => {
      if (name === 'required' && Array.isArray(entry))
        return [name, entry.filter((each) => !hidden.includes(String(each)) && !isForbidden(value, String(each)))];
      return [name, copy(entry, COMBINING.includes(name) ? hidden : [])];
    });
    return Object.fromEntries(entries);
  };
  // Most schemas have neither.
  const result =
    mentions(schema, keyword, true) || mentions(schema, 'additionalProperties', false) ? copy(schema, []) : schema;
  return isObject(result) ? result : schema;
}

const COMBINING = ['allOf', 'oneOf', 'anyOf'];

/** Whether an object is closed to a property. */
function isForbidden({ additionalProperties, properties, patternProperties }: JsonObject, name: string): boolean {
  const isDeclared = isObject(properties) && Object.hasOwn(properties, name);
  return additionalProperties === false && patternProperties === undefined && !isDeclared;
}

function mentions(value: Json, keyword: string, wanted: boolean): boolean {
  if (Array.isArray(value)) return value.some((entry: Json) => mentions(entry, keyword, wanted));
  if (!isObject(value)) return false;
  return value[keyword] === wanted || Object.values(value).some((entry) => mentions(entry, keyword, wanted));
}
