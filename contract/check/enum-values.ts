import type { Json, JsonObject } from '../contract.js';
import type { Flaw } from './flaw.js';
import type { PointerTo } from './walk.js';

/** Converts a scalar to another type; undefined if it cannot be converted. */
const AS: Readonly<Record<string, (value: Json) => Json | undefined>> = {
  string: (value) => String(value),
  boolean: (value) => (value === 'true' ? true : value === 'false' ? false : undefined),
  integer: numberIn,
  number: numberIn,
  object: () => undefined,
  array: () => undefined,
};

/**
 * An enum that allows nothing: it is empty, or its values all have another type than the schema, as numbers have in YAML
 * without quotes. Values of the right type take their place.
 */
export function checkEnum({ enum: values, type }: JsonObject, at: PointerTo): readonly Flaw[] {
  if (!Array.isArray(values)) return [];
  const place = at('enum');
  if (values.length === 0) {
    const message = '"enum" is empty; expected at least one value, or no "enum"';
    return [{ pointer: place, message, mend: (document) => document.remove(place), leavesOut: 'the keyword' }];
  }
  const types = [type].flat().filter((one) => one !== 'null');
  const [only = ''] = types;
  const convert = types.length === 1 ? AS[String(only)] : undefined;
  const isScalar = (value: Json): boolean => typeof value !== 'object';
  const given = values.filter((value: Json) => value !== null);
  if (convert === undefined || given.length === 0 || !given.every(isScalar) || given.some((value) => isOf(value, only)))
    return [];
  const message = `"enum" has no value of type ${String(only)}; expected values of that type, received ${JSON.stringify(given[0])}`;
  const converted = values.map((value: Json) => (value === null ? null : convert(value)));
  if (converted.every((value) => value !== undefined))
    return [{ pointer: place, message, mend: (document) => document.set(place, converted) }];
  return [{ pointer: place, message, mend: (document) => document.remove(place), leavesOut: 'the keyword' }];
}

function isOf(value: Json, type: Json | undefined): boolean {
  return type === 'integer' || type === 'number' ? typeof value === 'number' : typeof value === type;
}

function numberIn(value: Json): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}
