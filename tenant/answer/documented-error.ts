import type { Cause, Contract, JsonObject, Operation, Response, Schema } from '../../contract/contract.js';
import { isJson } from '../../contract/http/media-type.js';
import { isObject } from '../../contract/pointer.js';
import { sampleValue } from '../../contract/sample/sample-value.js';
import { SchemaValidator } from '../../contract/schema/schema-validator.js';
import type { PlainResponse } from '../exchange.js';
import { isSchema, propertiesOf } from '../view/properties.js';
import { sampleHeaders } from './sample-headers.js';
import { specificType, withParameters, writtenBody } from './written-body.js';

/** The statuses that documents give to a cause, the likeliest first. */
const STATUSES: Readonly<Partial<Record<Cause['kind'], readonly number[]>>> = {
  token: [401, 403],
  scope: [403, 401],
  invalid: [400, 422],
  unknown: [404, 410],
  duplicate: [409, 400, 422],
  rate: [429],
};

/** Properties that hold a sentence, the likeliest first, and those that hold the status. */
const MESSAGES = ['message', 'detail', 'error_description', 'description', 'reason', 'title', 'error'];
const NUMBERS = ['status', 'statusCode', 'status_code', 'code'];

/**
 * The answer of an operation that documents an error for a cause without saying so: by its usual status, in its own
 * schema. Undefined if it documents none.
 */
export function documentedError(
  contract: Contract,
  { responses }: Operation,
  cause: Cause,
  message: string,
): PlainResponse | undefined {
  const usual = STATUSES[cause.kind] ?? [];
  // A path that fits no schema names nothing.
  const statuses = cause.kind === 'invalid' && cause.part === 'path' ? [...usual, 404] : usual;
  const exact = statuses.find((status) => responses.some((response) => response.status === String(status)));
  const status = exact ?? statuses[0];
  return status === undefined ? undefined : documentedAnswer(contract, { responses }, status, message);
}

/** The answer of an operation with an error status, in the schema that it documents for it. Undefined if it has none. */
export function documentedAnswer(
  contract: Contract,
  { responses }: Pick<Operation, 'responses'>,
  status: number,
  message: string,
): PlainResponse | undefined {
  const exact = String(status);
  const found =
    responses.find((response) => response.status === exact) ??
    responses.find((response) => response.status.toUpperCase() === `${exact[0]}XX`) ??
    responses.find((response) => response.status === 'default');
  return found === undefined ? undefined : { status, ...headersAndBody(contract, found, status, message) };
}

function headersAndBody(
  contract: Contract,
  response: Response,
  status: number,
  message: string,
): Pick<PlainResponse, 'headers' | 'body'> {
  const { content } = response;
  const headers = sampleHeaders(contract, response, status);
  const media = content.find(({ type }) => isJson(specificType(type))) ?? content[0];
  if (media === undefined) return { headers, body: '' };
  const sample = sampleValue(contract, media.schema, { direction: 'answer' });
  const validate = SchemaValidator.of(contract, { allErrors: false, direction: 'answer' }).compile(media.schema);
  const told = isObject(sample)
    ? withFacts(
        sample,
        { status, message, schema: media.schema },
        { contract, fits: (value) => validate(value).length === 0 },
      )
    : typeof sample === 'string' && validate(message).length === 0
      ? message
      : sample;
  const type = withParameters(specificType(media.type));
  return { headers: { ...headers, 'content-type': type }, body: writtenBody(media, told) };
}

interface Facts {
  readonly status: number;
  readonly message: string;
  /** Of the object that holds them. */
  readonly schema: Schema;
}

interface Target {
  readonly contract: Contract;
  /** Whether the whole answer fits with this value. */
  readonly fits: (value: JsonObject) => boolean;
}

/** Objects inside an error that hold what is wrong: `{error: {message}}`, `{errors: [{message}]}`. */
const HOLDERS = ['error', 'errors', 'err', 'fault', 'detail', 'details', 'data', 'meta'];

/** A sample with the message and the status where the schema has a place for them, if need be one level deeper. */
function withFacts(sample: JsonObject, { status, message, schema }: Facts, { contract, fits }: Target): JsonObject {
  const stated = stateIn(sample, { status, message, schema }, { contract, fits });
  if (stated.hasMessage) return stated.value;
  const properties = propertiesOf(contract, schema);
  for (const holder of HOLDERS) {
    const inner = properties.get(holder);
    if (inner === undefined) continue;
    const { items } = contract.resolve(inner);
    const given = stated.value[holder];
    const held = isSchema(items) && Array.isArray(given) ? given[0] : given;
    const put = (value: JsonObject): JsonObject => ({ ...stated.value, [holder]: isSchema(items) ? [value] : value });
    const innerSchema = isSchema(items) ? items : inner;
    const base = isObject(held) ? held : sampleValue(contract, innerSchema, { direction: 'answer' });
    if (!isObject(base)) continue;
    const deeper = stateIn(
      base,
      { status, message, schema: innerSchema },
      { contract, fits: (value) => fits(put(value)) },
    );
    if (deeper.hasMessage) return put(deeper.value);
  }
  return stated.value;
}

/** Sets what the schema of one object has a place for. */
function stateIn(
  sample: JsonObject,
  { status, message, schema }: Facts,
  { contract, fits }: Target,
): { readonly value: JsonObject; readonly hasMessage: boolean } {
  // What the schema does not speak of is not added.
  const declared = propertiesOf(contract, schema);
  let value = sample;
  let hasMessage = false;
  for (const [names, fact] of [
    [MESSAGES, message],
    [NUMBERS, status],
  ] as const) {
    const name = names.find((each) => declared.has(each) && fits({ ...value, [each]: fact }));
    if (name === undefined) continue;
    value = { ...value, [name]: fact };
    hasMessage ||= fact === message;
  }
  return { value, hasMessage };
}
