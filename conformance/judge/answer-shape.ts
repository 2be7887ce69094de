import type { Contract, Json, MediaType, Response, ResponseHeader, Schema } from '../../contract/contract.js';
import { valueOfHeader } from '../../contract/http/header-value.js';
import { isJson, mediaTypeMatches } from '../../contract/http/media-type.js';
import { isStream, valuesOfLines } from '../../contract/http/stream.js';
import { mergedSchema } from '../../contract/schema/merged-schema.js';
import type { SchemaError } from '../../contract/schema/schema-validator.js';

/** The parts of an answer that have a documented shape. */
export interface AnswerShape {
  /** By lower-case name. Absent: unknown, so no header is judged. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Without parameters, lower case. Undefined: the answer has none. `unknown`: it was not recorded, so any type fits. */
  readonly contentType: string | undefined | 'unknown';
  /** The charset of the content type, lower case. Absent: none is given, or it was not recorded. */
  readonly charset?: string | undefined;
  readonly hasBody: boolean;
  /** The parsed body; undefined if it is not JSON. */
  readonly json: Json | undefined;
  /** The body as it came. Absent: it has only one value. */
  readonly text?: string;
}

/** Statuses whose answers have no body, whatever a document describes. */
export const WITHOUT_BODY: ReadonlySet<string> = new Set(['204', '205', '304']);

/** One way in which an answer differs from its documented response. */
export type ShapeFault =
  | { readonly kind: 'unexpected-body' }
  | { readonly kind: 'content-type'; readonly expected: readonly string[] }
  /** JSON in another encoding than UTF-8. */
  | { readonly kind: 'charset'; readonly type: string; readonly charset: string }
  /** There is no body, or it is not JSON. */
  | { readonly kind: 'not-json'; readonly type: string }
  | { readonly kind: 'body'; readonly schema: Schema; readonly errors: readonly SchemaError[] }
  | { readonly kind: 'header-missing'; readonly header: ResponseHeader }
  | {
      readonly kind: 'header';
      readonly header: ResponseHeader;
      readonly value: Json;
      readonly errors: readonly SchemaError[];
    };

/** The names of UTF-8. */
const UTF8: ReadonlySet<string> = new Set(['utf-8', 'utf8']);

/** Why a value does not fit a schema; empty if it fits. */
export type ValidateSchema = (schema: Schema, value: Json) => readonly SchemaError[];

/**
 * Compares answers with documented responses. Verify and replay judge through it, each with its own validator and its
 * own presentation of faults.
 */
export class AnswerShapes {
  readonly #contract: Contract;
  readonly #validate: ValidateSchema;

  constructor(contract: Contract, validate: ValidateSchema) {
    this.#contract = contract;
    this.#validate = validate;
  }

  /** The faults of headers first, then of content type or body. */
  faults(documented: Response, answer: AnswerShape): readonly ShapeFault[] {
    return [...this.headerFaults(documented, answer), ...this.bodyFaults(documented, answer)];
  }

  headerFaults(documented: Response, { headers }: AnswerShape): readonly ShapeFault[] {
    if (headers === undefined) return [];
    return documented.headers.flatMap((header): readonly ShapeFault[] => {
      const text = headers[header.name];
      if (text === undefined) return header.required ? [{ kind: 'header-missing', header }] : [];
      const value = valueOfHeader(this.#contract, header, text);
      const errors = this.#validate(header.schema, value);
      return errors.length === 0 ? [] : [{ kind: 'header', header, value, errors }];
    });
  }

  /** Lines of JSON are no JSON. A range describes JSON that is not a file. */
  #isJsonHere({ type, schema }: MediaType, contentType: string | undefined): boolean {
    if (isJson(type)) return true;
    const isFile = mergedSchema(this.#contract, schema).type === 'string';
    return type.includes('*') && contentType !== undefined && isJson(contentType) && !isFile;
  }

  bodyFaults({ content }: Response, answer: AnswerShape): readonly ShapeFault[] {
    const { contentType, charset, hasBody } = answer;
    if (content.length === 0) return hasBody ? [{ kind: 'unexpected-body' }] : [];
    const media = content.find(
      ({ type }) => contentType === 'unknown' || (contentType !== undefined && mediaTypeMatches(type, contentType)),
    );
    if (media === undefined) return [{ kind: 'content-type', expected: content.map(({ type }) => type) }];
    if (!this.#isJsonHere(media, contentType)) return [];
    const encoding: readonly ShapeFault[] =
      charset === undefined || UTF8.has(charset) ? [] : [{ kind: 'charset', type: media.type, charset }];
    const values = valuesOf(media, answer);
    if (values === undefined) return [...encoding, { kind: 'not-json', type: media.type }];
    const errors = values.map((value) => this.#validate(media.schema, value)).find(({ length }) => length > 0);
    return errors === undefined ? encoding : [...encoding, { kind: 'body', schema: media.schema, errors }];
  }
}

/** The values of a body, several of a stream; undefined if it is not JSON. */
function valuesOf(media: MediaType, { json, text }: AnswerShape): readonly Json[] | undefined {
  if (text !== undefined && isStream(media)) return valuesOfLines(text);
  return json === undefined ? undefined : [json];
}
