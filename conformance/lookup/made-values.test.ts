import { expect, it } from 'vitest';
import type { Json } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import { buildRequest, noValues } from '../target/request.js';
import { MadeValues } from './made-values.js';

const person = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    state: { enum: ['active', 'inactive'] },
    logins: { type: 'array', items: { type: 'object', properties: { subject: { type: 'string' } } } },
  },
};
const { contract } = withDerivedState(
  readContract({
    openapi: '3.1.0',
    info: { title: 'People', version: '1' },
    paths: {
      '/people': {
        post: { requestBody: json(person), responses: { '201': { description: 'ok', ...json(person) } } },
      },
      '/people/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: { responses: { '200': { description: 'ok', ...json(person) } } },
      },
    },
  }),
);
const create = contract.operations.find(({ effect }) => effect?.kind === 'create');

function answered(body: Json, status: number, text = '') {
  if (create === undefined) throw new Error('no creation');
  return {
    request: buildRequest(create, { ...noValues, body }),
    response: { status, headers: {}, text },
    durationMs: 1,
  };
}

it.each<[Json, number, string, boolean]>([
  [{ logins: [{ subject: 'a rower' }] }, 409, '', true],
  [{ logins: [{ subject: 'a rower' }] }, 400, 'subject is already taken', true],
  [{ logins: [{ subject: 'a rower' }] }, 400, 'subject is invalid', false],
  [{ logins: [{ subject: 'a sailor' }] }, 409, '', false],
  [{ state: 'active' }, 409, '', false],
])('after one with a rower, a creation with %j that is answered %i %s: %s', (body, status, text, want) => {
  if (create === undefined) throw new Error('no creation');
  const made = new MadeValues();
  made.learn(answered({ state: 'active', logins: [{ subject: 'a rower' }] }, 201));
  made.learn(answered({ logins: [{ subject: 'a sailor' }] }, 400));
  expect(made.explain(contract, create, answered(body, status, text))).toBe(want);
});
