import { describe, expect, it } from 'vitest';
import type { Operation } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { readContract } from '../../contract/read/read.js';
import type { Exchange } from '../target/exchange.js';
import { Absence } from './absence.js';

const contract = await defaultContract();
const byRoute = (method: string, end: string): Operation => {
  const found = contract.operations.find((operation) => operation.method === method && operation.route.endsWith(end));
  if (found === undefined) throw new Error(`The contract has no ${method} ${end}.`);
  return found;
};
const creates = byRoute('POST', '/users');
const reads = byRoute('GET', '/users/{id}');
const lists = byRoute('GET', '/users/{id}/roles');

function answered(operation: Operation, status: number, authorization: string | undefined = 'Bearer x'): Exchange {
  return {
    request: { operation, method: operation.method, path: '/', headers: {} },
    ...(authorization === undefined ? {} : { authorization }),
    response: { status, headers: {}, text: '{}', json: {} },
    durationMs: 0,
  };
}

const withoutToken = (operation: Operation, status: number): Exchange => {
  const { authorization: _, ...exchange } = answered(operation, status);
  return exchange;
};

describe('an operation counts as not implemented', () => {
  it.each([
    { name: 'where a path without parameters answers 404', operation: creates, given: [404, 404], want: true },
    { name: 'not where it answers something else once', operation: creates, given: [404, 400], want: false },
    { name: 'not after one answer', operation: creates, given: [404], want: false },
    { name: 'after one answer that says so', operation: creates, given: [501], want: true },
    { name: 'not where it says so of some requests only', operation: creates, given: [501, 400], want: false },
    {
      name: 'where it says so of a valid request, and refuses others',
      operation: creates,
      given: [400, 501],
      want: true,
    },
    { name: 'not where another request succeeds', operation: creates, given: [201, 501], want: false },
    {
      name: 'not where it refuses the token of a valid request, and knows no path of another form',
      operation: reads,
      given: [404, 404, 403],
      isKnown: true,
      want: false,
    },
    { name: 'where a path with an id answers 405', operation: reads, given: [405, 405], want: true },
    {
      name: 'not where a path with an id answers 404: the resource may be missing',
      operation: reads,
      given: [404, 404],
      want: false,
    },
  ])('$name', ({ operation, given, isKnown = false, want }) => {
    const absence = new Absence(contract);
    if (isKnown) absence.record(answered(lists, 200));
    for (const status of given) absence.record(answered(operation, status));
    absence.failed(operation.id, given.at(-1) ?? 0);
    expect(absence.has(operation.id)).toBe(want);
  });

  it.each([
    { name: 'not where the query may name what is missing', schema: { type: 'string' }, status: 404, want: false },
    { name: 'where the query names nothing', schema: { type: 'integer' }, status: 404, want: true },
    { name: 'where no missing resource has the status', schema: { type: 'string' }, status: 405, want: true },
  ])('$name', ({ schema, status, want }) => {
    const parameters = [{ name: 'challenge', in: 'query', required: true, schema }];
    const paths = { '/login': { get: { parameters, responses: { '200': { description: 'ok' } } } } };
    const own = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
    const [operation] = own.operations;
    if (operation === undefined) throw new Error('no operation');
    const absence = new Absence(own);
    for (const each of [status, status]) absence.record(answered(operation, each));
    absence.failed(operation.id, status);
    expect(absence.has(operation.id)).toBe(want);
  });

  it.each([
    { name: 'not where a text of the body may name what is missing', schema: { type: 'string' }, want: false },
    { name: 'where the body names nothing', schema: { type: 'boolean' }, want: true },
  ])('$name', ({ schema, want }) => {
    const body = { type: 'object', required: ['email'], properties: { email: schema } };
    const requestBody = { content: { 'application/json': { schema: body } } };
    const paths = { '/reset': { post: { requestBody, responses: { '200': { description: 'ok' } } } } };
    const own = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
    const [operation] = own.operations;
    if (operation === undefined) throw new Error('no operation');
    const absence = new Absence(own);
    for (const each of [404, 404]) absence.record(answered(operation, each));
    absence.failed(operation.id, 404);
    expect(absence.has(operation.id)).toBe(want);
  });

  it('where the resource in its path is known to another operation', () => {
    const absence = new Absence(contract);
    absence.record(answered(reads, 200));
    for (const status of [404, 404]) absence.record(answered(lists, status));
    absence.failed(lists.id, 404);
    expect(absence.has(lists.id)).toBe(true);
  });

  it('where a request without a token gets the same', () => {
    const absence = new Absence(contract);
    for (const status of [404, 404]) absence.record(answered(reads, status));
    absence.record(withoutToken(reads, 404));
    absence.failed(reads.id, 404);
    expect(absence.operations).toEqual([reads.id]);
  });

  it('not where no request that must succeed was sent: a lookup may find nothing', () => {
    const absence = new Absence(contract);
    for (const status of [404, 404]) absence.record(answered(creates, status));
    expect(absence.has(creates.id)).toBe(false);
  });
});
