import { expect, it } from 'vitest';
import { readContract } from '../../contract/read/read.js';
import type { Finding } from '../finding.js';
import { buildRequest, noValues } from '../target/request.js';
import { curlFor } from './curl.js';

it.each([
  ['application/json', 'curl -si -X GET "http://h/x"'],
  ['text/csv', 'curl -si -X GET "http://h/x" -H "accept: application/json"'],
])('names what it accepts where an answer is not JSON: %s', (other, want) => {
  const content = { 'application/json': { schema: {} }, [other]: { schema: {} } };
  const paths = { '/x': { get: { responses: { '200': { description: 'ok', content } } } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const response = { status: 406, headers: {}, text: '' };
  const exchange = { request: buildRequest(operation, noValues), response, durationMs: 1 };
  const finding: Finding = {
    check: 'documented-success',
    family: 'status-and-shape',
    operations: [operation.id],
    foundAt: operation.id,
    fingerprint: 'x',
    code: 'WRONG_STATUS',
    severity: 'failed',
    evidence: { grade: 'documented', source: 'test' },
    cause: '',
    expected: '',
    actual: '',
    exchange,
    setup: [],
    before: [],
    after: [],
  };
  expect(curlFor(finding, { contract, url: 'http://h', redact: (text) => text })).toBe(want);
});
