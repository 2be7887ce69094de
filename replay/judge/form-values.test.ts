import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { FORM } from '../read/message.js';
import { replayContract } from '../recorded/replay-contract.js';
import { readStep } from '../recorded/step.js';
import { requestWithBody } from '../target/write-request.js';

const cat: JsonObject = {
  type: 'object',
  required: ['age'],
  properties: {
    age: { type: 'integer' },
    isTame: { type: 'boolean' },
    chip: { type: 'string' },
    weights: { type: 'array', items: { type: 'number' } },
  },
};
const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Cats', version: '1' },
  paths: {
    '/cats/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      put: { requestBody: { content: { [FORM]: { schema: cat } } }, responses: { '204': { description: 'stored' } } },
    },
  },
});
const known = replayContract(contract);

test.each<[string, Json, string, number]>([
  ['have the types of the contract', { age: '7', isTame: 'true', chip: '007', weights: ['3', '4.5'] }, '7', 0],
  ['that do not fit stay texts', { age: 'seven' }, '7', 1],
  ['are judged beside a path with more digits than a JSON number keeps', { age: '7' }, '1234567890123456789', 0],
])('the values of a form %s', (_, body, id, faults) => {
  const request = { method: 'PUT', path: `/cats/${id}`, query: '', contentType: FORM, body };
  const step = readStep(known, { index: 0, request, response: { status: 204 } });
  expect(step.violations).toHaveLength(faults);
  const [operation] = contract.operations;
  const sent = step.exchange.request.body;
  if (operation === undefined || sent === undefined) throw new Error('nothing is sent');
  const pairs = Object.entries(body as JsonObject).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, String(each)]),
  );
  expect(requestWithBody(operation, '/cats/7', sent, FORM).body).toBe(new URLSearchParams(pairs).toString());
});
