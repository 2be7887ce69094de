import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { answers } from '../../contract/derive/test-support/answers.js';
import { clubs } from '../../contract/derive/test-support/clubs.js';
import { readContract } from '../../contract/read/read.js';
import { embeddedTarget } from '../target/embedded.js';
import type { TargetResponse } from '../target/exchange.js';
import type { Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** Items that a server makes as a whole: the request that creates them has no body, as for the keys of an account. */

const key: JsonObject = {
  type: 'object',
  required: ['key_id'],
  properties: { key_id: { type: 'string' }, created_at: { type: 'string', format: 'date-time' } },
};
const withSecret: JsonObject = {
  ...key,
  properties: { ...(key.properties as JsonObject), secret: { type: 'string' } },
};
const parameter = (name: string): JsonObject => ({ name, in: 'path', required: true, schema: { type: 'string' } });

const document = readContract({
  ...clubs,
  paths: {
    ...(clubs.paths as JsonObject),
    '/clubs/{id}/keys': {
      parameters: [parameter('id')],
      get: { operationId: 'listKeys', ...answers('200', { type: 'array', items: key }) },
      post: { operationId: 'makeKey', ...answers('201', withSecret) },
    },
    '/clubs/{id}/keys/{keyId}': {
      parameters: [parameter('id'), parameter('keyId')],
      get: { operationId: 'readKey', ...answers('200', key) },
      delete: { operationId: 'revokeKey', ...answers('204') },
    },
  },
});

const only = ['makeKey/*', 'listKeys/*', 'readKey/*', 'revokeKey/*'];

async function verified(change: (target: Target) => Target) {
  const report = await verifyTarget(withDerivedState(document).contract, change(await embeddedTarget(document)), {
    only,
  });
  const { checks, findings, leftovers } = report;
  const passed = checks.flatMap(({ operation, id, outcome }) => (outcome === 'passed' ? [`${operation}/${id}`] : []));
  const judged = findings.filter(({ severity }) => severity !== 'observed');
  return { passed, leftovers, judged: judged.map(({ check, severity }) => `${check} ${severity}`) };
}

test('what a request without a body creates is checked, and removed', async () => {
  const bodies: (string | undefined)[] = [];
  const { passed, leftovers, judged } = await verified((target) => ({
    ...target,
    send: (request, limits) => {
      if (request.method === 'POST' && request.path.endsWith('/keys')) bodies.push(request.body);
      return target.send(request, limits);
    },
  }));
  expect({ leftovers, judged, bodies: [...new Set(bodies)] }).toEqual({
    leftovers: [],
    judged: [],
    bodies: [undefined],
  });
  expect(passed).toEqual(
    expect.arrayContaining(['makeKey/documented-success', 'listKeys/resource-listing', 'revokeKey/deleted-is-gone']),
  );
});

test('a key that is still there after its deletion is warned of', async () => {
  const { judged } = await verified((target) => ({
    ...target,
    send: async (request, limits) =>
      request.method === 'DELETE' && request.path.includes('/keys/')
        ? { status: 204, headers: {}, text: '' }
        : target.send(request, limits),
  }));
  expect(judged).toContain('deleted-is-gone warned');
});

test.each([
  [200, false],
  [201, true],
])('what a request without a body answers with %i, and nothing lists, is removed: %s', async (status, isOwn) => {
  const paths = {
    '/keys': { post: { operationId: 'makeKey', ...answers(String(status), key) } },
    '/keys/{keyId}': {
      parameters: [parameter('keyId')],
      get: { operationId: 'readKey', ...answers('200', key) },
      delete: { operationId: 'revokeKey', ...answers('204') },
    },
  };
  const { contract } = withDerivedState(readContract({ ...clubs, paths }));
  const removed: string[] = [];
  const keys = new Set(['theirs']);
  const target: Target = {
    ...(await embeddedTarget(contract)),
    send: async ({ method, path }) => {
      if (method === 'POST' && path === '/keys') {
        const id = isOwn ? `key-${keys.size}` : 'theirs';
        keys.add(id);
        return withText(status, JSON.stringify({ key_id: id }));
      }
      const id = path.replace('/keys/', '');
      if (!keys.has(id) || method === 'POST') return withText(404, '{}');
      if (method !== 'DELETE') return withText(200, JSON.stringify({ key_id: id }));
      removed.push(id);
      keys.delete(id);
      return { status: 204, headers: {}, text: '' };
    },
  };
  const { leftovers } = await verifyTarget(contract, target, { only: ['*'], depth: 'smoke' });
  expect({ theirs: keys.has('theirs'), isOwnRemoved: removed.length > 0 }).toEqual({
    theirs: true,
    isOwnRemoved: isOwn,
  });
  expect(leftovers.map((line) => line.replace(/, and of.*/, ''))).toEqual(
    isOwn ? [] : ['perhaps what POST /keys created'],
  );
});

function withText(status: number, text: string): TargetResponse {
  return { status, headers: { 'content-type': 'application/json' }, text, json: JSON.parse(text) };
}
