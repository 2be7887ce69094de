import type { Contract, Json, MediaType, RequestBody } from '../../contract/contract.js';
import { parseFormData, parseMultipart } from '../../contract/http/form-data.js';
import { bareMediaType, FORM, MULTIPART, mediaTypeMatches } from '../../contract/http/media-type.js';
import { valueOfText } from '../../contract/http/text-value.js';
import { mergedSchema } from '../../contract/schema/merged-schema.js';
import type { SchemaError } from '../../contract/schema/schema-validator.js';
import { readXml } from '../../contract/xml/read-xml.js';
import type { PlainRequest } from '../exchange.js';
import { depthOf, MAX_DEPTH } from './depth.js';
import { listOfParts, objectOfForm, objectOfParts } from './fields.js';
import { kindOf } from './text-kind.js';
import type { Validators } from './validator.js';

/** A valid body, validation errors, or the reason why it could not be parsed. */
export type ParsedBody =
  | { readonly value: Json | undefined }
  | { readonly errors: readonly SchemaError[] }
  | { readonly unreadable: string };

/** Reads a body of one media type; undefined if it is malformed. @param header - the whole Content-Type */
type Parse = (text: string, header: string) => Json | undefined;

interface BodyFormat {
  readonly type: string;
  readonly parse: Parse;
  /** Whether brackets in the text nest. */
  readonly nests: boolean;
  readonly validate: (value: unknown, length: number) => readonly SchemaError[];
}

/** Reads and validates the bodies of one operation. */
export class BodyReader {
  readonly #body: RequestBody;
  readonly #media: readonly BodyFormat[];

  constructor(contract: Contract, validators: Validators, body: RequestBody) {
    this.#body = body;
    this.#media = body.content.map((media) => ({
      type: media.type,
      nests: isJson(media.type),
      parse: parserOf(contract, media),
      validate: isReadable(contract, media) ? validators.compile(media.schema, 'request') : () => [],
    }));
  }

  read(request: PlainRequest): ParsedBody {
    const media = this.#mediaFor(request.headers['content-type']);
    if (request.body === '' && media?.type !== FORM) {
      // The service treats a missing body as null (recorded).
      const errors = this.#body.required ? (this.#media[0]?.validate(null, 0) ?? []) : [];
      return errors.length > 0 ? { errors } : { value: undefined };
    }
    // The document does not say which bodies it takes: any.
    if (this.#media.length === 0) return { value: request.body };
    if (media === undefined) {
      const expected = this.#media.map(({ type }) => type).join(' or ');
      return { unreadable: `Expected content type ${expected}` };
    }
    if (media.nests && depthOf(request.body) > MAX_DEPTH)
      return { unreadable: `Nested deeper than ${MAX_DEPTH} levels` };
    const value = media.parse(request.body, request.headers['content-type'] ?? media.type);
    if (value === undefined) return { unreadable: 'Invalid request payload format' };
    const errors = media.validate(value, request.body.length);
    return errors.length > 0 ? { errors } : { value };
  }

  /** Without a content type, the first media type of the operation. */
  #mediaFor(header: string | undefined): BodyFormat | undefined {
    if (header === undefined) return this.#media[0];
    const type = bareMediaType(header);
    return (
      this.#media.find((media) => media.type === type) ??
      this.#media.find((media) => mediaTypeMatches(media.type, type))
    );
  }
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json; // what it returns is JSON
  } catch {
    return undefined;
  }
}

/** JSON, fields of a form or of a multipart body, a list of parts, XML, or the text itself. */
function parserOf(contract: Contract, media: MediaType): Parse {
  const { type, schema, encoding = {}, xml, parts: isList } = media;
  if (isJson(type)) return parseJson;
  if (xml !== undefined) return (text) => readXml(text, xml);
  if (type === FORM) {
    return (text) => objectOfForm(contract, schema, text, encoding);
  }
  if (isList !== undefined) {
    return (text, header) => {
      const parts = parseMultipart(header, text);
      return parts && listOfParts(contract, media, parts);
    };
  }
  if (type !== MULTIPART) return (text) => valueOfText(contract, schema, [text]);
  return (text, header) => {
    const parts = parseFormData(header, text);
    return parts === undefined ? undefined : objectOfParts(contract, schema, parts, encoding);
  };
}

/**
 * Whether the tenant can tell what a body says: a list or an object in a format of its own is accepted as it is, and so
 * is a form whose schema is that of a text: its fields make an object.
 */
function isReadable(contract: Contract, { type, schema, xml, parts }: MediaType): boolean {
  if (isJson(type) || parts !== undefined || xml !== undefined) return true;
  if (type !== FORM && type !== MULTIPART) return kindOf(contract, schema) === 'other';
  const types = [mergedSchema(contract, schema).type ?? []].flat();
  return types.length === 0 || types.includes('object');
}

function isJson(type: string): boolean {
  return /[/+]json$/.test(type) || type === '*/*' || type === 'application/*';
}
