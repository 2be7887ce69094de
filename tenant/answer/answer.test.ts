import { expect, test } from 'vitest';
import type { Contract, Operation } from '../../contract/contract.js';
import { TenantError } from '../errors.js';
import type { Endpoint } from '../routing/endpoint.js';
import { school } from '../test-support/school.js';
import { errorAnswer, noPath, notKept, otherMethod, success, tooLarge, withoutBody } from './answer.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const schema = { properties: { code: { 'x-value': 'status' }, text: { 'x-value': 'message' } } };
const response = (status: string, ...types: readonly string[]) => ({
  status,
  headers: [],
  problems: [],
  content: types.map((type) => ({ type, schema })),
});
/** An operation with these responses. */
const endpoint = (...responses: readonly object[]) =>
  ({ operation: { responses } as unknown as Operation }) as unknown as Endpoint; // all that an error uses
const bare: Contract = { ...school, problems: new Map() };

test.each<{ given: string; contract: Contract; responses: readonly object[]; want: unknown }>([
  {
    given: 'documents',
    contract: school,
    responses: [response('404', 'application/json'), response('413', 'application/json')],
    want: [{ 'content-type': JSON_TYPE }, { code: 413, text: 'Long' }],
  },
  {
    given: 'does not document',
    contract: school,
    responses: [response('404', 'application/json')],
    want: [{ 'content-type': JSON_TYPE }, { statusCode: 413, error: 'Payload Too Large', message: 'Long' }],
  },
  {
    given: 'documents without problems',
    contract: bare,
    responses: [response('413', 'application/problem+json')],
    want: [{ 'content-type': 'application/problem+json; charset=utf-8' }, { code: 413 }],
  },
])('an error that an operation $given', ({ contract, responses, want }) => {
  const { status, headers, body } = errorAnswer(contract, endpoint(...responses), 413, 'Long');
  expect(status).toBe(413);
  expect([headers, JSON.parse(body)]).toEqual(want);
});

test('a body that is too long is refused with its limit', () => {
  const { response: answer, refusal } = tooLarge(school, endpoint());
  expect([answer.status, JSON.parse(answer.body).message]).toEqual([
    413,
    'Payload content length greater than maximum allowed: 1048576',
  ]);
  expect([refusal?.cause, refusal?.detail]).toEqual([{ kind: 'invalid', part: 'body' }, 'longer than 1048576 bytes']);
});

test('a change that was not kept is said to be, and other errors are not hidden', () => {
  const error = new TenantError('TENANT_DATA_UNWRITABLE', 'the disk is full');
  const { response: answer, reason } = notKept(school, endpoint(), error);
  expect([answer.status, JSON.parse(answer.body).message, reason]).toEqual([
    503,
    'The change was not kept: the disk is full.',
    'the disk is full',
  ]);
  for (const other of [new Error('x'), new TenantError('TENANT_DATA_INVALID', 'x')])
    expect(() => notKept(school, endpoint(), other)).toThrow(other);
});

test.each([
  ['', '0'],
  ['{"a":"ü"}', '10'],
])('HEAD has the headers of GET, and the length of %s', (body, length) => {
  expect(withoutBody({ status: 200, headers: { a: 'b' }, body })).toEqual({
    status: 200,
    headers: { a: 'b', 'content-length': length },
    body: '',
  });
});

test.each<{ path: string; isWhole: boolean; status: number; header: string | undefined; reason: string }>([
  { path: '/other', isWhole: false, status: 404, header: undefined, reason: 'Unknown path /other' },
  { path: '/schools', isWhole: false, status: 404, header: undefined, reason: 'Unknown path /schools' },
  { path: '/school', isWhole: false, status: 501, header: 'path /school', reason: 'outside the contract: path' },
  { path: '/school/x', isWhole: true, status: 404, header: undefined, reason: 'Unknown path /school/x' },
  {
    path: '/school/a|b/c',
    isWhole: false,
    status: 501,
    header: 'path /school/a|b/c',
    reason: 'outside the contract: path (in an id, write "/" as %2F)',
  },
])('the path $path, whole: $isWhole', ({ path, isWhole, status, header, reason }) => {
  const answer = noPath(school, path, isWhole);
  expect([answer.response.status, answer.response.headers['x-rolecall-outside-contract'], answer.reason]).toEqual([
    status,
    header,
    reason,
  ]);
  expect(JSON.parse(answer.response.body)).toMatchObject({ statusCode: status });
});

test.each<{ method: string; methods: readonly string[]; isWhole: boolean; want: unknown }>([
  {
    method: 'OPTIONS',
    methods: ['GET', 'PUT'],
    isWhole: false,
    want: [204, 'GET, PUT, HEAD, OPTIONS', undefined, undefined],
  },
  { method: 'OPTIONS', methods: ['PUT'], isWhole: true, want: [204, 'PUT, OPTIONS', undefined, undefined] },
  {
    method: 'DELETE',
    methods: ['PUT'],
    isWhole: true,
    want: [405, 'PUT, OPTIONS', undefined, 'Method DELETE not allowed; expected one of PUT, OPTIONS'],
  },
  {
    method: 'DELETE',
    methods: ['PUT'],
    isWhole: false,
    want: [405, 'PUT, OPTIONS', 'method DELETE', 'outside the contract: method DELETE; expected one of PUT, OPTIONS'],
  },
])('$method where a path has $methods, whole: $isWhole', ({ method, methods, isWhole, want }) => {
  const { response: answer, reason } = otherMethod(school, method, methods, isWhole);
  const { allow, 'x-rolecall-outside-contract': outside } = answer.headers;
  expect([answer.status, allow, outside, reason]).toEqual(want);
  expect(answer.body === '').toBe(method === 'OPTIONS');
});

test('a success has content only where its answer has a type and a body', () => {
  const json = { 'content-type': JSON_TYPE };
  const shown = (contentHeaders: object | undefined, body: object | undefined) =>
    success({ status: 201, contentHeaders } as unknown as Endpoint, (body === undefined ? {} : { body }) as object);
  expect(shown(json, { a: 1 })).toEqual({ response: { status: 201, headers: json, body: '{"a":1}' } });
  for (const [headers, body] of [
    [undefined, { a: 1 }],
    [json, undefined],
  ])
    expect(shown(headers, body)).toEqual({ response: { status: 201, headers: {}, body: '' } });
  const scopes = ['read'];
  expect(success({ status: 200, contentHeaders: json } as unknown as Endpoint, { body: 1, scopes }).scopes).toBe(
    scopes,
  );
});
