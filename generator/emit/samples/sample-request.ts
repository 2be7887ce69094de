import type { Contract, Json, Operation, Parameter, Schema } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import { sampleValue } from '../../../contract/sample/sample-value.js';
import { mergedSchema } from '../../../contract/schema/merged-schema.js';
import type { ClientMethod } from '../../client/method.js';

/** The request that the samples of an operation send. */
export interface SampleRequest {
  /** One per path parameter, in the order of the path. */
  readonly ids: readonly Json[];
  /** The required query parameters. */
  readonly query: readonly (readonly [string, Json])[];
  /** The whole query, if it is required and not what a form would contain. */
  readonly queryText?: string;
  /** The required header parameters. */
  readonly headers: readonly (readonly [string, Json])[];
  /** The required cookie parameters. */
  readonly cookies: readonly (readonly [string, Json])[];
  readonly body?: { readonly type: string; readonly value: Json };
}

export function sampleRequest(
  contract: Contract,
  { operation, ids, body, headers, query }: ClientMethod,
): SampleRequest {
  const required = operation.parameters.filter((parameter) => parameter.required);
  const named = (place: Parameter['in']) =>
    required
      .filter((parameter) => parameter.in === place)
      .map((parameter) => [parameter.name, parameterValue(contract, parameter)] as const);
  return {
    ids: ids.map(({ parameter }) => {
      const value = parameterValue(contract, parameter);
      const isPlain = typeof value !== 'object' && typeof value !== 'number';
      return isPlain || value === null ? String(value) : value;
    }),
    ...wholeQuery(contract, query?.whole, named('query')),
    headers: named('header').filter(([name]) => headers?.parameters.some((parameter) => parameter.name === name)),
    cookies: named('cookie'),
    ...(body && { body: { type: body.type, value: bodyValue(contract, operation, body.type) } }),
  };
}

/** The properties of an object that is the whole query are its parameters. */
function wholeQuery(
  contract: Contract,
  whole: Parameter | undefined,
  query: SampleRequest['query'],
): Pick<SampleRequest, 'query' | 'queryText'> {
  if (whole === undefined) return { query };
  if (!whole.required) return { query: [] };
  const value = parameterValue(contract, whole);
  if (whole.isWholeQuery && isObject(value)) return { query: Object.entries(value) };
  return { query: [], queryText: encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value)) };
}

function parameterValue(contract: Contract, { example, schema, name }: Parameter): Json {
  return example ?? sampleValue(contract, schema, { direction: 'request', name });
}

function bodyValue(contract: Contract, { requestBody, method }: Operation, type: string): Json {
  const content = requestBody?.content ?? [];
  const media = content.find((one) => one.type === type);
  // The media types of one body have the same content, so an example of another one fits as well.
  const example = media?.example ?? content.find((one) => one.example !== undefined)?.example;
  if (example !== undefined) return example;
  const schema = media?.schema ?? {};
  const value = sampleValue(contract, schema, { direction: 'request' });
  return method === 'PATCH' ? withChange(contract, schema, value) : value;
}

/** A patch without a property changes nothing: the first one that may be sent is in the sample. */
function withChange(contract: Contract, schema: Schema, patch: Json): Json {
  if (!isObject(patch) || Object.keys(patch).length > 0) return patch;
  const changing = sampleValue(contract, { allOf: [schema], minProperties: 1 }, { direction: 'request' });
  const { properties } = mergedSchema(contract, schema);
  const isDeclared = (name: string) => isObject(properties) && Object.hasOwn(properties, name);
  return isObject(changing) && Object.keys(changing).every(isDeclared) ? changing : patch;
}
