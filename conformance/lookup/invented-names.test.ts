import { expect, it } from 'vitest';
import { readContract } from '../../contract/read/read.js';
import { buildRequest, noValues } from '../target/request.js';
import { isUnknownName } from './invented-names.js';

it.each([
  ['/x/{id}', 404, true],
  ['/x/{id}', 410, true],
  ['/x/{id}', 403, false],
  ['/x', 404, false],
])('%s is answered %d: %s', (path, status, want) => {
  const parameters = path.includes('{') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : [];
  const paths = { [path]: { get: { parameters, responses: { '204': { description: 'ok' } } } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const values = { ...noValues, path: { id: 'a' } };
  const response = { status, headers: {}, text: '' };
  expect(isUnknownName(operation, { request: buildRequest(operation, values), response, durationMs: 1 })).toBe(want);
});

it.each([
  [{ owner_id: 'a' }, 404, true],
  [{ tagIds: ['a'] }, 404, true],
  [{ owner_id: null, name: 'b' }, 404, false],
  [{ paid: true, id: 'a' }, 404, false],
  [{ owner_id: 'a' }, 400, false],
])('a body %j is answered %d: %s', (body, status, want) => {
  const content = { 'application/json': { schema: { type: 'object' } } };
  const paths = { '/x': { post: { requestBody: { content }, responses: { '204': { description: 'ok' } } } } };
  const [operation] = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }).operations;
  if (operation === undefined) throw new Error('no operation');
  const request = buildRequest(operation, { ...noValues, body });
  expect(isUnknownName(operation, { request, response: { status, headers: {}, text: '' }, durationMs: 1 })).toBe(want);
});
