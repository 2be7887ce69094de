import type { Json, JsonObject } from '../contract.js';
import { isObject } from '../pointer.js';
import { keywordsOf } from './form.js';
import { inner, type Moves, type Part } from './moves.js';

/** How the values of a list are written, in OpenAPI 3. */
interface Style {
  readonly style?: string;
  readonly explode?: boolean;
}

/** By `collectionFormat`, in queries and forms. Elsewhere the values are separated by commas, as is the default there. */
const STYLES: Readonly<Record<string, Style>> = {
  csv: { style: 'form', explode: false },
  ssv: { style: 'spaceDelimited', explode: false },
  pipes: { style: 'pipeDelimited', explode: false },
  multi: { style: 'form', explode: true },
};

/** How a list in a query or a form is written; nothing for another value. */
export function styleOf({ type, collectionFormat }: JsonObject): Style | undefined {
  return type === 'array' ? STYLES[String(collectionFormat ?? 'csv')] : undefined;
}

/**
 * The schema of a value that is written as text. OpenAPI 3 has no list with tabs between its values: such a value is any
 * text.
 */
export function valueSchema(part: Part<JsonObject>, moves: Moves): JsonObject {
  const { schema, collectionFormat } = part.value;
  const written = isObject(schema) ? moves.schema(inner(part, 'schema', schema)) : undefined;
  if (isObject(written)) return written;
  if (collectionFormat === 'tsv') return moves.made({ type: 'string' }, part);
  const result = moves.schema({ value: keywordsOf(part.value).schema, pointer: part.pointer });
  return isObject(result) ? result : {};
}

/** What is left of a parameter or a header beside its schema. */
function withoutSchema(value: JsonObject): JsonObject {
  const { schema: _, collectionFormat: __, 'x-example': example, ...others } = keywordsOf(value).others;
  return { ...others, ...(example !== undefined && others.example === undefined && { example }) };
}

/** A parameter in a path, a query or a header. */
export function convertedParameter(part: Part<JsonObject>, moves: Moves): JsonObject {
  const style = part.value.in === 'query' ? styleOf(part.value) : undefined;
  return moves.made({ ...withoutSchema(part.value), ...style, schema: valueSchema(part, moves) }, part);
}

/** A header of a response. */
export function convertedHeader(part: Part, moves: Moves): Json {
  const { value, pointer } = part;
  if (!isObject(value)) return value;
  return moves.made({ ...withoutSchema(value), schema: valueSchema({ value, pointer }, moves) }, part);
}
