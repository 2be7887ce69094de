import type { Json, JsonObject } from '../contract.js';
import { FORM, MULTIPART } from '../http/media-type.js';
import { stringOr } from '../json/json-value.js';

/** What parameters, fields of forms and headers of Swagger 2.0 have in common with schemas. */
const OF_SCHEMAS: ReadonlySet<string> = new Set([
  ...['type', 'format', 'items', 'enum', 'default', 'pattern', 'multipleOf', 'uniqueItems', 'x-nullable'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minLength', 'maxLength', 'minItems', 'maxItems'],
]);

/** Whether a parameter of Swagger 2.0 is the body, or a field of it. */
export function isOfBody(place: Json | undefined): boolean {
  return place === 'body' || place === 'formData';
}

/** Whether a field of Swagger 2.0 is a file. */
export function isFile({ type }: JsonObject): boolean {
  return type === 'file';
}

/** The fields of a parameter or a header that say what its value is, and the others. */
export function keywordsOf(parameter: JsonObject): { readonly schema: JsonObject; readonly others: JsonObject } {
  const [schema, others]: [string, Json][][] = [[], []];
  for (const entry of Object.entries(parameter)) (OF_SCHEMAS.has(entry[0]) ? schema : others)?.push(entry);
  return { schema: Object.fromEntries(schema ?? []), others: Object.fromEntries(others ?? []) };
}

/** The schema of a form. */
export function formSchema(fields: readonly { readonly field: JsonObject; readonly schema: Json }[]): JsonObject {
  const required = fields.filter(({ field }) => field.required === true).map(({ field }) => stringOr(field.name));
  const properties = fields.map(({ field, schema }): [string, Json] => [stringOr(field.name), schema]);
  return { type: 'object', properties: Object.fromEntries(properties), ...(required.length > 0 && { required }) };
}

/** The types of a form, of those that an operation takes; a file needs parts. */
export function formTypes(hasFile: boolean, consumes: readonly string[]): readonly string[] {
  if (hasFile) return [MULTIPART];
  const taken = consumes.filter((type) => type === MULTIPART || type === FORM);
  return taken.length > 0 ? taken : [FORM];
}
