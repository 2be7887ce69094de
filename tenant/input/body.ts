import type { Json, MediaType, RequestBody } from '../../contract/contract.js';
import type { SchemaError } from '../../contract/schema-validator.js';
import type { PlainRequest } from '../exchange.js';
import { parseQuery } from './query-string.js';
import type { Validators } from './validator.js';

/** A valid body, validation errors, or the reason why it could not be parsed. */
export type ParsedBody =
  | { readonly value: Json | undefined }
  | { readonly errors: readonly SchemaError[] }
  | { readonly unreadable: string };

/** Deeper than any schema of the contract, and shallow enough for recursion over the value. */
const MAX_DEPTH = 64;

interface Parser {
  readonly parse: (text: string) => Json | undefined;
  /** Whether brackets in the text nest. */
  readonly nests: boolean;
}

const JSON_PARSER: Parser = { parse: parseJson, nests: true };

const PARSERS: Readonly<Record<string, Parser>> = {
  'application/json': JSON_PARSER,
  'application/x-www-form-urlencoded': { parse: parseForm, nests: false },
};

interface BodyFormat {
  readonly type: string;
  readonly validate: (value: unknown, length: number) => readonly SchemaError[];
}

/** Reads and validates the bodies of one operation. */
export class BodyReader {
  readonly #body: RequestBody;
  readonly #media: readonly BodyFormat[];

  constructor(validators: Validators, body: RequestBody) {
    this.#body = body;
    this.#media = body.content.map(({ type, schema }: MediaType) => ({ type, validate: validators.compile(schema) }));
  }

  read(request: PlainRequest): ParsedBody {
    const media = this.#mediaFor(request.headers['content-type']);
    if (request.body === '') {
      // The service treats a missing body as null (recorded).
      const errors = this.#body.required ? (this.#media[0]?.validate(null, 0) ?? []) : [];
      return errors.length > 0 ? { errors } : { value: undefined };
    }
    if (media === undefined) {
      const expected = this.#media.map(({ type }) => type).join(' or ');
      return { unreadable: `Expected content type ${expected}` };
    }
    const { parse, nests } = PARSERS[media.type] ?? JSON_PARSER;
    if (nests && depthOf(request.body) > MAX_DEPTH) return { unreadable: `Nested deeper than ${MAX_DEPTH} levels` };
    const value = parse(request.body);
    if (value === undefined) return { unreadable: 'Invalid request payload format' };
    const errors = media.validate(value, request.body.length);
    return errors.length > 0 ? { errors } : { value };
  }

  /** Without a content type, the first media type of the operation. */
  #mediaFor(header: string | undefined): BodyFormat | undefined {
    if (header === undefined) return this.#media[0];
    const type = header.split(';', 1)[0]?.trim().toLowerCase();
    return this.#media.find((media) => media.type === type);
  }
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json; // what it returns is JSON
  } catch {
    return undefined;
  }
}

function parseForm(text: string): Json | undefined {
  const fields = parseQuery(text);
  return fields === undefined
    ? undefined
    : Object.fromEntries([...fields].map(([name, values]) => [name, values.at(-1) ?? '']));
}

/** The nesting depth of brackets outside strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 92) at += 1;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 91 || code === 123) deepest = Math.max(deepest, ++depth);
    else if (code === 93 || code === 125) depth -= 1;
  }
  return deepest;
}
