import { expect, test } from 'vitest';
import type { JsonObject } from '../../../contract/contract.js';
import { planClient } from '../../client/plan.js';
import { contractOf } from '../test-support/contract.js';
import { sampleRequest } from './sample-request.js';

const name = { type: 'string', example: 'Guide' };
const id = { type: 'integer', readOnly: true };

function bodyOf(verb: 'patch' | 'put', schema: JsonObject): unknown {
  const requestBody = { required: true, content: { 'application/json': { schema } } };
  const contract = contractOf({
    '/things': { [verb]: { requestBody, responses: { '204': { description: 'Done' } } } },
  });
  const [method] = planClient(contract).methods;
  return method && sampleRequest(contract, method).body?.value;
}

test.each<readonly [given: string, verb: 'patch' | 'put', schema: JsonObject, want: unknown]>([
  ['changes the first property that may be sent', 'patch', { properties: { id, name, size: {} } }, { name: 'Guide' }],
  ['finds it in parts', 'patch', { allOf: [{ properties: { id } }, { properties: { name } }] }, { name: 'Guide' }],
  ['keeps what is required', 'patch', { required: ['name'], properties: { size: {}, name } }, { name: 'Guide' }],
  ['stays empty where no property is known', 'patch', { type: 'object' }, {}],
  ['stays empty where none may be sent', 'patch', { type: 'object', properties: { id } }, {}],
  ['stays the least of a replacement', 'put', { type: 'object', properties: { name } }, {}],
])('a body %s', (_, verb, schema, want) => {
  expect(bodyOf(verb, { type: 'object', ...schema })).toEqual(want);
});
