import type { Cause, Contract, Json, JsonObject, Operation, Response } from '../../contract/contract.js';
import { isJson } from '../../contract/media-type.js';
import { isObject } from '../../contract/pointer.js';
import { sampleValue } from '../../contract/sample/sample-value.js';
import { SchemaValidator } from '../../contract/schema-validator.js';
import type { PlainResponse } from '../exchange.js';
import { propertiesOf } from '../view/properties.js';
import { specificType, withCharset, writtenBody } from './written-body.js';

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
  if (status === undefined) return undefined;
  const found =
    responses.find((response) => response.status === String(status)) ??
    responses.find((response) => response.status.toUpperCase() === '4XX') ??
    responses.find((response) => response.status === 'default');
  return found === undefined ? undefined : { status, ...bodyOf(contract, found, status, message) };
}

function bodyOf(
  contract: Contract,
  { content }: Response,
  status: number,
  message: string,
): Pick<PlainResponse, 'headers' | 'body'> {
  const media = content.find(({ type }) => isJson(specificType(type))) ?? content[0];
  if (media === undefined) return { headers: {}, body: '' };
  const sample = sampleValue(contract, media.schema, { direction: 'answer' });
  const validate = SchemaValidator.of(contract, { allErrors: false, direction: 'answer' }).compile(media.schema);
  const told = isObject(sample)
    ? withFacts(
        sample,
        { status, message, declared: new Set(propertiesOf(contract, media.schema).keys()) },
        (value) => validate(value).length === 0,
      )
    : typeof sample === 'string' && validate(message).length === 0
      ? message
      : sample;
  return { headers: { 'content-type': withCharset(specificType(media.type)) }, body: writtenBody(media, told) };
}

interface Facts {
  readonly status: number;
  readonly message: string;
  /** The properties that the schema speaks of. */
  readonly declared: ReadonlySet<string>;
}

/** A sample with the message and the status where the schema has a place for them. */
function withFacts(
  sample: JsonObject,
  { status, message, declared }: Facts,
  fits: (value: Json) => boolean,
): JsonObject {
  const tries: readonly (readonly [readonly string[], Json])[] = [
    [MESSAGES, message],
    [NUMBERS, status],
  ];
  let value = sample;
  for (const [names, fact] of tries) {
    // What the schema does not speak of is not added.
    const name = names.find((each) => declared.has(each) && fits({ ...value, [each]: fact }));
    if (name !== undefined) value = { ...value, [name]: fact };
  }
  return value;
}
