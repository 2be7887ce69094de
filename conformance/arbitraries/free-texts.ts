import type { Schema } from '../../contract/contract.js';
import { numberOf, type SchemaSource, shapeOf, typesOf } from './schema-shape.js';

/** The length of a text that a server might truncate, where the schema allows it. */
export const LONG_TEXT = 300;

export interface TextProperty {
  readonly name: string;
  /** Resolved. */
  readonly schema: Schema;
}

/** The properties that take any text: without pattern, format or enumeration, and with room for some characters. */
export function freeTexts(
  properties: readonly (readonly [name: string, schema: Schema])[],
  source: SchemaSource,
): readonly TextProperty[] {
  return properties.flatMap(([name, property]) => {
    const schema = shapeOf(source, property);
    const isFree = [schema.pattern, schema.format, schema.enum, schema.const].every((keyword) => keyword === undefined);
    const isLong = (numberOf(schema.maxLength) ?? LONG_TEXT) >= 20 && (numberOf(schema.minLength) ?? 0) <= 3;
    const isText = typesOf(schema).includes('string') && schema.type !== undefined;
    return isText && isFree && isLong ? [{ name, schema }] : [];
  });
}
