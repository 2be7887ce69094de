import { type Field, fieldOf, kindOf } from '../check/openapi.js';
import type { Json, JsonObject } from '../contract.js';
import { isObject } from '../pointer.js';

/** What a conversion needs to know of the document around a schema. */
export interface SchemaContext {
  /** Where a reference leads after the conversion. */
  reference(written: string): string;
  /** Called with each object and its copy. */
  keep(from: object, to: object): void;
}

/**
 * A schema of Swagger 2.0 in the words of OpenAPI 3.0: its references, the property that names its children, files, and
 * the extensions that common tools write for `nullable`.
 *
 * @see https://spec.openapis.org/oas/v2.0#schema-object
 */
export function convertedSchema(schema: Json, context: SchemaContext): Json {
  const convert = (value: Json, field: Field | undefined): Json => {
    if (Array.isArray(value)) {
      if (field?.is !== 'list-of') return value;
      const copy = value.map((item) => convert(item, { is: 'one', kind: field.kind }));
      context.keep(value, copy);
      return copy;
    }
    if (!isObject(value) || field === undefined) return value;
    const kind = kindOf(field);
    if (kind === undefined && field.is !== 'map-of') return value;
    // fromEntries, because assigning a property named __proto__ would lose it.
    const copy = Object.fromEntries(
      Object.entries(value).map(([written, entry]): [string, Json] => {
        if (field.is === 'map-of') return [written, convert(entry, { is: 'one', kind: field.kind })];
        const name = wordOf31(written, value);
        return [name, convert(entry, fieldOf('schema', name))];
      }),
    );
    const result = kind === undefined ? copy : inWordsOf30(copy, context);
    context.keep(value, result);
    return result;
  };
  return convert(schema, { is: 'schema-or-boolean' });
}

/**
 * A list of schemas, one for each item, and the schema of the items after them have other names since JSON Schema
 * 2020-12.
 */
export function wordOf31(name: string, { items }: JsonObject): string {
  if (!Array.isArray(items)) return name;
  return name === 'items' ? 'prefixItems' : name === 'additionalItems' ? 'items' : name;
}

function inWordsOf30(written: JsonObject, context: SchemaContext): JsonObject {
  const { 'x-nullable': nullable, 'x-isnullable': isNullable, ...schema } = written;
  const { $ref, discriminator, type } = schema;
  return {
    ...schema,
    ...(typeof $ref === 'string' && { $ref: context.reference($ref) }),
    ...(typeof discriminator === 'string' && { discriminator: { propertyName: discriminator } }),
    ...(type === 'file' && { type: 'string', format: 'binary' }),
    ...((nullable === true || isNullable === true) && { nullable: true }),
  };
}
