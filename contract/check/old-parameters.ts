import type { JsonObject } from '../contract.js';
import { listOr, objectOr, stringOr, stringsOf } from '../json/json-value.js';
import { getPointer, isObject, joinPointer, splitPointer } from '../pointer.js';
import { formSchema, formTypes, isFile, isOfBody, keywordsOf } from '../swagger/form.js';
import type { Flaw, Mendable } from './flaw.js';
import { METHODS } from './openapi.js';
import type { PointerTo } from './walk.js';

/**
 * Bodies in the words of Swagger 2.0, which documents of 3.0 have where their text is older or written by hand: a parameter
 * that is the body, and parameters that are its fields. They are read as the request body that they mean.
 *
 * @see https://spec.openapis.org/oas/v2.0#parameter-object
 */

const JSON_TYPE = 'application/json';

/** A parameter of Swagger 2.0 in the list of an operation is read as a part of its request body. */
export function checkOldParameter(parameter: JsonObject, at: PointerTo, document: JsonObject): readonly Flaw[] {
  if (!isOfBody(parameter.in)) return [];
  const message = `"in: ${String(parameter.in)}" is of Swagger 2.0; expected a requestBody`;
  const pointer = at();
  const segments = splitPointer(pointer);
  const place = joinPointer('', ...segments.slice(0, -2));
  const operation = getPointer(document, place);
  const isOfOperation = segments.at(-2) === 'parameters' && METHODS.some((method) => method === segments.at(-3));
  if (!isOfOperation || !isObject(operation)) return [{ pointer: at('in'), message }];
  const all = listOr(operation.parameters).map((entry, index): OldParameter => ({ ...objectOr(entry), index }));
  const old = all.filter((entry) => isOfBody(entry.in));
  const isFirst = String(old[0]?.index) === segments.at(-1);
  const mend = (changes: Mendable): void => {
    if (isFirst && operation.requestBody === undefined) setBody(changes, place, operation, old);
    changes.remove(pointer);
  };
  return [
    { pointer: at('in'), message, mend, ...(operation.requestBody !== undefined && { leavesOut: 'the parameter' }) },
  ];
}

type OldParameter = JsonObject & { readonly index: number };

function setBody(changes: Mendable, place: string, operation: JsonObject, old: readonly OldParameter[]): void {
  const body = old.find((entry) => entry.in === 'body');
  const type = mediaTypeOf(operation, body === undefined ? old : []);
  const schema = joinPointer(place, 'requestBody', 'content', type, 'schema');
  const media = { schema: body === undefined ? formOf(old) : {} };
  const required = old.some((entry) => entry.required === true);
  changes.set(joinPointer(place, 'requestBody'), { required, content: { [type]: media } });
  // With what the check of the schema changes in it.
  const copy = (entry: OldParameter, to: string): void => {
    if (isObject(entry.schema)) changes.copy(joinPointer(place, 'parameters', entry.index, 'schema'), to, []);
  };
  if (body !== undefined) copy(body, schema);
  else for (const entry of old) copy(entry, joinPointer(schema, 'properties', stringOr(entry.name)));
}

/** The schema of a form with these fields. */
function formOf(fields: readonly OldParameter[]): JsonObject {
  return formSchema(
    fields.map((field) => {
      const type = isFile(field) ? { type: 'string', format: 'binary' } : { type: field.type ?? 'string' };
      return { field, schema: { ...keywordsOf(field).schema, ...type } };
    }),
  );
}

/** The media type of a body: what the operation says that it consumes, as far as that can have the fields. */
function mediaTypeOf({ consumes }: JsonObject, fields: readonly OldParameter[]): string {
  const types = stringsOf(consumes);
  if (fields.length === 0) return types[0] ?? JSON_TYPE;
  const hasFile = fields.some((field) => isFile(field) || objectOr(field.schema).format === 'binary');
  return formTypes(hasFile, types)[0] ?? JSON_TYPE;
}
