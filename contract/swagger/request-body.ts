import type { Json, JsonObject } from '../contract.js';
import { stringOr } from '../json/json-value.js';
import { formSchema, formTypes, isFile } from './form.js';
import { inner, type Moves, type Part } from './moves.js';
import { styleOf, valueSchema } from './parameter.js';

const JSON_TYPE = 'application/json';

/**
 * The request body that parameters of an operation describe; nothing without one.
 *
 * @param parameters - those that are the body or a field of it, with their references followed
 * @param consumes - the media types that the operation takes
 */
export function requestBodyOf(
  parameters: readonly Part<JsonObject>[],
  consumes: readonly string[],
  moves: Moves,
): JsonObject | undefined {
  const [first] = parameters;
  if (first === undefined) return undefined;
  const body = parameters.find(({ value }) => value.in === 'body');
  return body === undefined ? formBody(parameters, consumes, moves) : jsonBody(body, consumes, moves);
}

function jsonBody(part: Part<JsonObject>, consumes: readonly string[], moves: Moves): JsonObject {
  const { name: _, in: __, schema = {}, required, 'x-example': example, ...rest } = part.value;
  const media = (): JsonObject =>
    moves.made(
      { schema: moves.schema(inner(part, 'schema', schema)), ...(example !== undefined && { example }) },
      part,
    );
  const types = consumes.length > 0 ? consumes : [JSON_TYPE];
  const content = moves.made(Object.fromEntries(types.map((type) => [type, media()])), part);
  return moves.made({ ...rest, ...(required === true && { required }), content }, part);
}

function formBody(fields: readonly Part<JsonObject>[], consumes: readonly string[], moves: Moves): JsonObject {
  const schema = formSchema(fields.map((field) => ({ field: field.value, schema: fieldSchema(field, moves) })));
  const styles = fields.flatMap(({ value }): [string, Json][] => {
    const style = styleOf(value);
    return style === undefined ? [] : [[stringOr(value.name), { ...style }]];
  });
  const media = { schema, ...(styles.length > 0 && { encoding: Object.fromEntries(styles) }) };
  const types = formTypes(
    fields.some(({ value }) => isFile(value)),
    consumes,
  );
  const isRequired = fields.some(({ value }) => value.required === true);
  const content = Object.fromEntries(types.map((type): [string, Json] => [type, media]));
  return { ...(isRequired && { required: true }), content };
}

function fieldSchema(field: Part<JsonObject>, moves: Moves): JsonObject {
  const { description } = field.value;
  const schema = valueSchema(field, moves);
  return moves.made({ ...schema, ...(typeof description === 'string' && { description }) }, field);
}
