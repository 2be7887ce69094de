import type { Json, JsonObject } from '../contract.js';
import { isObject } from '../pointer.js';
import { keywordsOf } from './form.js';
import { listAsText } from './list-text.js';
import { inner, type Moves, type Part } from './moves.js';

/** How the values of a list are written, in OpenAPI 3. */
interface Style {
  readonly style?: string;
  readonly explode?: boolean;
}

/** By `collectionFormat`, in queries and forms. Elsewhere OpenAPI 3 has only commas, the default there. */
const STYLES: Readonly<Record<string, Style>> = {
  csv: { style: 'form', explode: false },
  ssv: { style: 'spaceDelimited', explode: false },
  pipes: { style: 'pipeDelimited', explode: false },
  multi: { style: 'form', explode: true },
};

/** The values of `collectionFormat` that are no commas, and allowed everywhere. */
const HAS_SEPARATOR: ReadonlySet<Json | undefined> = new Set(['ssv', 'tsv', 'pipes']);

/** How a list in a query or a form is written; nothing for another value. */
export function styleOf({ type, collectionFormat }: JsonObject): Style | undefined {
  if (type !== 'array' || collectionFormat === 'tsv') return undefined;
  return STYLES[String(collectionFormat ?? 'csv')] ?? STYLES.csv;
}

/** Where the values of a list may be separated by something else than commas, in OpenAPI 3. */
const HAS_STYLES: ReadonlySet<Json | undefined> = new Set(['query', 'formData']);

/** The schema of a value that is written as text. A list that OpenAPI 3 cannot describe is a text, too. */
export function valueSchema(part: Part<JsonObject>, moves: Moves): JsonObject {
  const { in: place, schema, type, collectionFormat } = part.value;
  const written = isObject(schema) ? moves.schema(inner(part, 'schema', schema)) : undefined;
  if (isObject(written)) return written;
  const isText = HAS_STYLES.has(place) ? collectionFormat === 'tsv' : HAS_SEPARATOR.has(collectionFormat);
  if (type === 'array' && isText) return moves.made(listAsText(part.value), part);
  const result = moves.schema({ value: keywordsOf(part.value).schema, pointer: part.pointer });
  return isObject(result) ? withFlatItems(result, part, moves) : {};
}

/** The values of a list that are lists are texts in it. */
function withFlatItems(schema: JsonObject, part: Part<JsonObject>, moves: Moves): JsonObject {
  const { items } = part.value;
  if (!isObject(items) || items.type !== 'array') return schema;
  const result = { ...schema, items: moves.made(listAsText(items), inner(part, 'items', items)) };
  return moves.made(result, part);
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
