import { expect, it } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { readContract } from '../../contract/read/read.js';
import type { HttpRequest } from '../target/target.js';
import { type Answer, answeringTarget } from '../test-support/answering-target.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

/** Branches of which the document does not say how they come to be: its examples are all that a run has. */

const content = { 'application/json': { schema: { type: 'object' } } };
const answers = (operationId: string, more: JsonObject = {}): JsonObject => ({
  operationId,
  ...more,
  responses: { '200': { description: 'ok', content }, '404': { description: 'none' } },
});

const OPERATIONS = {
  get: answers('read'),
  put: answers('assign', { requestBody: { required: true, content } }),
  delete: answers('remove'),
};

function contractOf(schema: JsonObject, example: Json, methods: readonly (keyof typeof OPERATIONS)[] = ['get', 'put']) {
  const parameters: JsonObject[] = [{ name: 'name', in: 'path', required: true, schema, example }];
  const operations = Object.fromEntries(methods.map((method) => [method, OPERATIONS[method]]));
  const paths = { '/branches/{name}': { parameters, ...operations } };
  return withDerivedState(readContract({ openapi: '3.1.0', info: { title: 'Branches', version: '1' }, paths }))
    .contract;
}

/** A server with branches, and what writes it got at which path. */
function serverOf(names: readonly string[]) {
  const branches = new Set(names.map((name) => `/branches/${name}`));
  const writes: string[] = [];
  const target = answeringTarget(({ method, path }: HttpRequest): Answer => {
    if (method !== 'GET') writes.push(`${method} ${path}`);
    if (method === 'PUT') branches.add(path);
    if (!branches.has(path)) return [404, {}];
    if (method === 'DELETE') branches.delete(path);
    return [200, {}];
  });
  return { target, branches, writes };
}

const only = ['*/documented-success', '*/invalid-body'];

it.each<[JsonObject, Json]>([
  [{ type: 'string' }, 'main'],
  [{ type: 'integer' }, 12],
  [{ type: 'string', enum: ['main', 'old'] }, 'main'],
])('is not changed where a path of the document names it: %j', async (schema, example) => {
  const { target, branches } = serverOf([String(example)]);
  const report = await verifyTarget(contractOf(schema, example), target, { only });
  expect(failures(report)).toEqual([]);
  expect([...branches]).toContain(`/branches/${String(example)}`);
  const reasons = report.checks.filter(({ outcome }) => outcome === 'skipped').map(({ reason }) => reason);
  expect(reasons).toContain(
    `PUT /branches/{name} is not sent: /branches/${String(example)} names something that this run did not create.`,
  );
});

it('is none where nothing is there, or the target shows something under every name', async () => {
  const none = serverOf(['main']);
  await verifyTarget(contractOf({ type: 'string' }, 'other'), none.target, { only });
  expect(none.writes).toContain('PUT /branches/other');
  expect(none.branches).toContain('/branches/main');
  const writes: string[] = [];
  const mock = answeringTarget(({ method }) => [writes.push(method) && 200, {}]);
  await verifyTarget(contractOf({ type: 'string' }, 'main'), mock, { only });
  expect(writes).toContain('PUT');
});

it('is not removed where no operation shows whether it is there', async () => {
  const { target, branches, writes } = serverOf(['main']);
  await verifyTarget(contractOf({ type: 'string' }, 'main', ['delete']), target, { only });
  expect([...branches]).toEqual(['/branches/main']);
  expect(writes.length).toBeGreaterThan(0);
});
