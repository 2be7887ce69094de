import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import { parseJson } from '../target/target.js';
import { contractOf, isAdmin, REFUSED, serverOf } from '../test-support/groups-server.js';
import { verifyTarget } from '../test-support/verify-target.js';
import { constraintsOn, type InputPart } from './broken-input-trial.js';

const named = (name: string, schema: JsonObject) => ({ name, in: 'path', required: true, schema });
const role = json({
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', maxLength: 20 }, title: { type: 'string' } },
});
const done = (status: string, content: JsonObject = {}) => ({
  responses: { [status]: { description: 'ok', ...content } },
});

/** @param updated - what the answer to an update shows */
function constrained(part: InputPart, operationId: string, updated: JsonObject = {}): readonly string[] {
  const tenant = named('tenant', { type: 'string', enum: ['trial'] });
  const { contract } = withDerivedState(
    readContract({
      openapi: '3.1.0',
      info: { title: 'Roles', version: '1' },
      paths: {
        '/tenants/{tenant}/roles': {
          parameters: [tenant],
          post: { operationId: 'create', requestBody: { required: true, ...role }, ...done('201') },
        },
        '/tenants/{tenant}/roles/{name}': {
          parameters: [tenant, named('name', { type: 'string', maxLength: 20 })],
          get: { operationId: 'read', ...done('200', role) },
          put: { operationId: 'update', requestBody: { required: true, ...role }, ...done('200', updated) },
        },
      },
    }),
  );
  const operation = contract.operations.find(({ id }) => id === operationId);
  if (operation === undefined) throw new Error('no operation');
  return [...new Set(constraintsOn(contract, operation, part).map(({ at }) => at))];
}

test('a path parameter that allows one value keeps it: another may be the tenant of somebody else', () => {
  expect(constrained('path', 'read')).toEqual(['name']);
});

test('an update whose answer shows nothing keeps the key: an item with another could not be found again', () => {
  expect(constrained('body', 'update')).not.toContain('/name');
  expect(constrained('body', 'update')).toContain('/title');
  expect(constrained('body', 'update', role)).toContain('/name');
  expect(constrained('body', 'create')).toContain('/name');
});

test('a finding names the required property that was missing, not the first one', async () => {
  const schema: JsonObject = {
    type: 'object',
    required: ['name', 'size'],
    properties: { name: { type: 'string' }, size: { type: 'integer' } },
  };
  const requestBody = { required: true, ...json(schema) };
  const responses = { '204': { description: 'ok' }, '400': REFUSED, '401': REFUSED };
  const target = serverOf((request) => {
    if (!isAdmin(request)) return [401, {}];
    const sent = parseJson(request.body ?? '').json;
    if (!isObject(sent) || typeof sent.name !== 'string') return [400, {}];
    return [sent.size === undefined || Number.isInteger(sent.size) ? 204 : 400, {}];
  });
  const contract = contractOf({ '/groups': { post: { requestBody, responses } } });
  const { findings } = await verifyTarget(contract, target, { only: ['*/invalid-body'] });
  expect(findings.map(({ expected }) => expected)).toEqual([
    '400, because body violates required: expected property "size"',
  ]);
});
