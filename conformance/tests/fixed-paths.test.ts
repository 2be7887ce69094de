import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import type { Target } from '../target/target.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

const tenant = json({ type: 'object', properties: { name: { type: 'string' } } });
const answer = (status: string, content: JsonObject = {}) => ({
  responses: { [status]: { description: 'ok', ...content }, '404': { description: 'no', ...json({}) } },
});
const fixed: JsonObject = { type: 'string', enum: ['trial'] };
const contractWith = (schema: JsonObject) =>
  withDerivedState(
    readContract({
      openapi: '3.1.0',
      info: { title: 'Tenants', version: '1' },
      components: { schemas: { fixed } },
      paths: {
        '/tenants/{tenant}': {
          parameters: [{ name: 'tenant', in: 'path', required: true, schema }],
          get: { operationId: 'read', ...answer('200', tenant) },
          put: { operationId: 'update', requestBody: { required: true, ...tenant }, ...answer('204') },
          delete: { operationId: 'remove', ...answer('204') },
        },
      },
    }),
  ).contract;

async function run(schema: JsonObject) {
  const sent = new Set<string>();
  const target: Target = {
    name: 'tenants',
    url: 'http://127.0.0.1:1',
    audience: 'tenants',
    credentials: {},
    metered: false,
    workers: 1,
    send: async ({ method, path }) => {
      sent.add(`${method} ${path}`);
      const headers = { 'content-type': 'application/json' };
      if (method === 'GET' && path.startsWith('/tenants/')) return { status: 200, headers, text: '{}', json: {} };
      return { status: ['PUT', 'DELETE'].includes(method) ? 204 : 404, headers: {}, text: '' };
    },
    close: async () => undefined,
  };
  const report = await verifyTarget(contractWith(schema), target, {
    only: ['*/documented-success', '*/invalid-*', '*/unknown-path'],
  });
  return { report, sent: [...sent] };
}

test.each<[string, JsonObject]>([
  ['itself', fixed],
  ['by a reference', { $ref: '#/components/schemas/fixed' }],
  ['by all of some schemas', { allOf: [{ minLength: 1 }, { $ref: '#/components/schemas/fixed' }] }],
  ['by the only one of some', { anyOf: [{ $ref: '#/components/schemas/fixed' }] }],
  ['by a constant', { const: 'trial' }],
])('the only tenant that a path allows %s is neither changed nor deleted', async (_how, schema) => {
  const { report, sent } = await run(schema);
  expect(failures(report)).toEqual([]);
  expect(sent.filter((request) => !request.startsWith('GET '))).toEqual([]);
  expect(sent.filter((request) => !/\/tenants\/trial(\/|$)/.test(request))).toEqual([]);
  const reasons = report.checks.filter(({ operation }) => operation !== 'read').map(({ reason }) => reason);
  expect(new Set(reasons)).toEqual(
    new Set(
      ['PUT', 'DELETE'].map(
        (method) => `${method} /tenants/{tenant} is not sent: it changes the only one that its path allows.`,
      ),
    ),
  );
});

test.each<[JsonObject]>([[{ type: 'string' }], [{ anyOf: [fixed, { type: 'string' }] }]])(
  'others are, at a server on this machine: %j',
  async (schema) => {
    const { sent } = await run(schema);
    expect(sent.map((request) => request.split(' ')[0])).toEqual(expect.arrayContaining(['GET', 'PUT', 'DELETE']));
  },
);
