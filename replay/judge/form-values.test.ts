import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { FORM, MULTIPART } from '../../contract/http/media-type.js';
import { readContract } from '../../contract/read/read.js';
import { bodyOf, formOfParts } from '../read/message.js';
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
      put: {
        requestBody: { content: { [FORM]: { schema: cat }, [MULTIPART]: { schema: cat } } },
        responses: { '204': { description: 'stored' } },
      },
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

/** A form in parts, each with its headers. */
function partsOf(...parts: readonly (readonly [headers: string, text: string])[]): string {
  const lines = parts.map(
    ([headers, text]) => `--x.y\r\nContent-Disposition: form-data; ${headers}\r\n\r\n${text}\r\n`,
  );
  return `${lines.join('')}--x.y--\r\n`;
}

test('a form in parts is judged by its fields, also with files and JSON in it', () => {
  const text = partsOf(
    ['name="age"', '7'],
    ['name="chip"; filename="a.txt"\r\nContent-Type: text/plain', 'no "quotes"\r\n--x'],
    ['name="weights"', '3'],
    ['name="weights"', '4.5'],
    ['name="more"\r\nContent-Type: application/json', '{"a":1}'],
  );
  const body = bodyOf(text, MULTIPART);
  expect(body).toEqual({ age: '7', chip: 'no "quotes"\r\n--x', weights: ['3', '4.5'], more: { a: 1 } });
  const request = {
    method: 'PUT',
    path: '/cats/7',
    query: '',
    contentType: MULTIPART,
    ...(body !== undefined && { body }),
  };
  const step = readStep(known, { index: 0, request, response: { status: 204 } });
  expect(step.violations).toEqual([]);
  expect(step.exchange.request.body).toMatchObject({ age: 7, weights: [3, 4.5] });
});

test.each([
  ['has no parts', 'age=7'],
  ['has no end', partsOf(['name="age"', '7']).slice(0, -8)],
  ['has a part without a name', partsOf(['x="age"', '7'])],
])('a text that %s is no form in parts', (_, text) => {
  expect(formOfParts(text)).toBeUndefined();
  expect(bodyOf(text, MULTIPART)).toBe(text);
});
