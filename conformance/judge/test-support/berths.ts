import type { Contract, Operation, Problem } from '../../../contract/contract.js';
import { readContract } from '../../../contract/read/read.js';
import type { Expectation } from '../../check.js';
import type { Exchange } from '../../target/exchange.js';
import { buildRequest, noValues, type PlannedRequest } from '../../target/request.js';
import { parseJson } from '../../target/target.js';
import { createJudge } from '../judge.js';

/** A document with every kind of answer, and exchanges with a server that keeps it. */

export const contract: Contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Berths', version: '1' },
  paths: {
    '/berths': {
      post: {
        operationId: 'moor',
        security: [{ token: [] }],
        'x-evidence': {
          '': { grade: 'recorded', source: 'test' },
          '/responses/204/headers/x-depth': { grade: 'unknown', source: 'test' },
        },
        responses: {
          '201': {
            description: 'Moored',
            headers: { 'x-tide': { required: true, schema: { type: 'integer' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Berth' } } },
          },
          '204': { description: 'Nothing to moor', headers: { 'x-depth': { schema: { type: 'integer' } } } },
          '3XX': { description: 'Elsewhere', content: { 'text/*': { schema: {} } } },
          '400': {
            description: 'Bad',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
            'x-problems': ['bad'],
          },
          '409': {
            description: 'Full',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
            'x-problems': ['full', 'taken'],
          },
          '410': {
            description: 'Gone',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
            'x-problems': ['gone'],
          },
        },
      },
    },
  },
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Berth: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'string' }, lines: { type: 'array', items: { type: 'integer' } } },
      },
      Error: {
        type: 'object',
        required: ['message'],
        properties: {
          message: { type: 'string', 'x-value': 'message' },
          code: { type: 'string', 'x-value': 'error-code' },
          status: { type: 'integer', 'x-value': 'status' },
          reason: { type: 'string', 'x-value': 'reason' },
        },
      },
    },
    'x-problems': {
      bad: {
        when: { invalid: 'body' },
        errorCode: 'bad_body',
        message: 'Bad: {reason}',
        'x-evidence': { '': { grade: 'documented', source: 'test' } },
      },
      full: {
        when: { never: 'the harbour is large' },
        errorCode: 'full',
        'x-evidence': { '': { grade: 'inferred', source: 'test' } },
      },
      gone: {
        when: { never: 'berths stay' },
        headers: { 'x-berth': 'berth {number}' },
        'x-evidence': { '': { grade: 'documented', source: 'test' } },
      },
      taken: {
        when: { never: 'no other ship is there' },
        message: 'Taken by {name}.',
        'x-evidence': { '': { grade: 'recorded', source: 'test' } },
      },
    },
  },
});

export const [operation] = contract.operations as readonly [Operation];
export const judge = createJudge(contract);

export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Exchange {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const type: Record<string, string> = text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' };
  return {
    request: buildRequest(operation, noValues),
    authorization: `Bearer ${'long-token-'.repeat(5)}`,
    response: { status, headers: { ...type, ...headers }, text, ...parseJson(text) },
    durationMs: 1,
  };
}

/** A request that is meant for no operation. */
export function open(path: string): PlannedRequest {
  return { method: 'GET', path, headers: {} };
}

export const success: Expectation = { kind: 'success' };
export function problems(...names: readonly string[]): Expectation {
  return {
    kind: 'problem',
    problems: names.map((name) => contract.problems.get(name) as Problem),
    because: 'there is a reason',
  };
}
