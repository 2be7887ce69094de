import type { Contract, Json, Operation, Parameter } from '../../../contract/contract.js';
import type { ClientMethod } from '../../client/method.js';
import { exampleValue } from './example-value.js';

/** One request that an operation takes, as its samples send it. */
export interface SampleRequest {
  /** One for each place in the path, in its order. */
  readonly ids: readonly (string | number)[];
  /** The parameters of the query that are required. */
  readonly query: readonly (readonly [string, Json])[];
  /** The header parameters that are required. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: { readonly type: string; readonly value: Json };
}

export function sampleRequest(contract: Contract, { operation, ids, body }: ClientMethod): SampleRequest {
  const required = operation.parameters.filter((parameter) => parameter.required);
  const named = (place: Parameter['in']) =>
    required
      .filter((parameter) => parameter.in === place)
      .map((parameter) => [parameter.name, parameterValue(contract, parameter)] as const);
  return {
    ids: ids.map(({ parameter }) => {
      const value = parameterValue(contract, parameter);
      return typeof value === 'number' ? value : String(value);
    }),
    query: named('query'),
    headers: named('header').map(([name, value]) => [name, String(value)] as const),
    ...(body && { body: { type: body.type, value: bodyValue(contract, operation, body.type) } }),
  };
}

function parameterValue(contract: Contract, { example, schema, name }: Parameter): Json {
  return example ?? exampleValue(contract, schema, name);
}

function bodyValue(contract: Contract, { requestBody }: Operation, type: string): Json {
  const content = requestBody?.content ?? [];
  const media = content.find((one) => one.type === type);
  // The media types of one body hold the same: the example of another one does as well.
  const example = media?.example ?? content.find((one) => one.example !== undefined)?.example;
  return example ?? exampleValue(contract, media?.schema);
}
