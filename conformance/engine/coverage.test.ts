import { expect, it } from 'vitest';
import type { Operation } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { buildRequest, noValues } from '../target/request.js';
import { Coverage } from './coverage.js';

const refusal = {
  description: 'x',
  content: { 'application/json': { schema: { properties: { code: { type: 'string', 'x-value': 'error-code' } } } } },
};
const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Berths', version: '1' },
  paths: {
    '/b': { get: { operationId: 'second.first', responses: { '200': { description: 'x' }, '400': refusal } } },
    '/a': { get: { operationId: 'first', responses: { '200': { description: 'x' } } } },
  },
});
const [b, a] = contract.operations as readonly [Operation, Operation];

it('counts answers by operation, status and errorCode, in the order of the contract', () => {
  const coverage = new Coverage(contract);
  const record = (operation: Operation, status: number, code?: string, method = operation.method) =>
    coverage.record({
      request: { ...buildRequest(operation, noValues), method },
      response: { status, headers: {}, text: '', ...(code === undefined ? {} : { json: { code } }) },
      durationMs: 1,
    });
  record(a, 200);
  record(b, 400, 'late');
  record(b, 400);
  record(b, 400, 'early');
  record(b, 200);
  record(b, 400, 'late');
  record(b, 0);
  record(b, 200, undefined, 'HEAD');
  record({ ...a, id: 'elsewhere' }, 200);
  coverage.record({
    request: { method: 'GET', path: '/', headers: {} },
    response: { status: 200, headers: {}, text: '' },
    durationMs: 1,
  });
  expect(coverage.entries()).toEqual([
    { operation: b.id, status: 200, hits: 1 },
    { operation: b.id, status: 400, hits: 1 },
    { operation: b.id, status: 400, errorCode: 'early', hits: 1 },
    { operation: b.id, status: 400, errorCode: 'late', hits: 2 },
    { operation: a.id, status: 200, hits: 1 },
    { operation: 'elsewhere', status: 200, hits: 1 },
  ]);
});

it('counts how often a fact was tested', () => {
  const coverage = new Coverage(contract);
  for (const fact of ['/a', '/b', '/a']) coverage.reached(fact);
  expect([...coverage.facts]).toEqual([
    ['/a', 2],
    ['/b', 1],
  ]);
});
