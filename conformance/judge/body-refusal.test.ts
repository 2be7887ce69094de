import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import { refusesInBody } from './body-refusal.js';

/** Whether an answer to an operation is a refusal. @param status - the schema of the property `status` */
function isRefusal(body: Json, { code = 200, status = { type: 'string' } as JsonObject } = {}): boolean {
  const content = json({ type: 'object', properties: { status, msg: { type: 'string' } } });
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Jobs', version: '1' },
    paths: { '/job': { get: { operationId: 'job', responses: { '200': { description: 'ok', ...content } } } } },
  });
  return refusesInBody(contract, contract.operations[0], {
    status: code,
    headers: {},
    text: JSON.stringify(body),
    json: body,
  });
}

describe('a success whose body says plainly that the request was refused', () => {
  it.each<readonly [what: string, body: Json]>([
    ['a status in words, beside nothing', { status: 'error', msg: 'Unauthorized operation', data: null, name: '' }],
    ['a text that is there twice', { status: 'error', msg: 'Please log in', data: 'Please log in' }],
    ['a status of HTTP', { code: 401, message: 'Please log in', data: {} }],
    ['a flag', { success: false, message: 'no token' }],
    ['a flag and the name of an error', { ok: false, error: 'not_authed' }],
    ['an error', { error: { code: 'forbidden', message: 'You may not' } }],
    ['an error with what belongs to it', { timestamp: '2026', status: 401, error: 'Unauthorized', path: '/job' }],
  ])('%s', (_, body) => {
    expect(isRefusal(body)).toBe(true);
  });

  it.each<readonly [what: string, body: Json]>([
    ['a resource that has failed', { id: 'j1', status: 'failed', message: 'out of memory' }],
    ['a success', { status: 'ok', msg: '' }],
    ['a success with a message', { success: true, message: 'error log deleted' }],
    ['a failure that nothing explains', { status: 'failed' }],
    ['an answer beside an error', { data: { id: 1 }, error: 'one of two parts failed' }],
    ['a number that is a count', { code: 7, message: 'seven' }],
    ['no error', { error: '', errors: [], items: [] }],
    ['another verdict', { valid: false, error: 'too short' }],
    ['a list', [{ status: 'error', msg: 'Unauthorized' }]],
  ])('is not %s', (_, body) => {
    expect(isRefusal(body)).toBe(false);
  });

  it('is not the answer of another status', () => {
    expect(isRefusal({ status: 'error', msg: 'Unauthorized' }, { code: 401 })).toBe(false);
  });

  it.each<readonly [what: string, values: readonly string[], want: boolean]>([
    ['no state that the document lists', ['running', 'failed'], false],
    ['but an outcome that the document lists', ['ok', 'failed'], true],
  ])('is %s', (_, values, want) => {
    const status = { type: 'string', enum: [...values] };
    expect(isRefusal({ status: 'failed', msg: 'out of memory' }, { status })).toBe(want);
  });
});
