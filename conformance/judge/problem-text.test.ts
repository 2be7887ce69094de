import { expect, it } from 'vitest';
import type { Json, Operation } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { problemTextOf } from './problem-text.js';

const json = (schema: Json) => ({ description: 'x', content: { 'application/json': { schema } } });
const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Berths', version: '1' },
  paths: {
    '/berths': {
      get: {
        operationId: 'list',
        responses: {
          '200': json({ type: 'object', properties: { note: { type: 'string', 'x-value': 'message' } } }),
          '400': json({
            oneOf: [
              { type: 'object', properties: { reason: { type: 'string', 'x-value': 'message' } } },
              { type: 'object', properties: { text: { type: 'string', 'x-value': 'message' } } },
            ],
          }),
          '4XX': json({ type: 'object', properties: { code: { type: 'string', 'x-value': 'error-code' } } }),
        },
      },
    },
  },
});
const [list] = contract.operations as readonly [Operation];

it.each([
  { part: 'message', status: 400, body: { reason: 'a' }, want: 'a' },
  { part: 'message', status: 400, body: { text: 'b' }, want: 'b' },
  { part: 'message', status: 400, body: { text: 3 }, want: undefined },
  { part: 'message', status: 400, body: { other: 'c' }, want: undefined },
  { part: 'error-code', status: 400, body: { code: 'd' }, want: undefined },
  { part: 'error-code', status: 404, body: { code: 'e' }, want: 'e' },
  { part: 'error-code', status: 500, body: { code: 'f' }, want: 'f' },
  { part: 'message', status: 500, body: { reason: 'g', note: 'h' }, want: 'g' },
  { part: 'message', status: 500, body: { note: 'h' }, want: undefined },
  { part: 'message', status: 400, body: 'text', want: undefined },
  { part: 'message', status: 400, body: undefined, want: undefined },
] as const)('reads the $part of $body with status $status: $want', ({ part, status, body, want }) => {
  const text = problemTextOf(contract);
  expect(text.read(part, list, status, body)).toBe(want);
  expect(text.read(part, list, status, body)).toBe(want);
});
