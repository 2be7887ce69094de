import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { severityOf } from '../finding/finding.js';
import { buildRequest, noValues } from '../target/request.js';
import { createJudge } from './judge.js';

/** What documents of others have that a judge must not take for a fault of their server. */

/** The severities of what is wrong with a `200` of `GET /x` that has this body. */
function judged(paths: JsonObject, json: JsonObject): readonly string[] {
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const response = { status: 200, headers: { 'content-type': 'application/json' }, text: JSON.stringify(json), json };
  const exchange = { request: buildRequest(operation, noValues), response, durationMs: 1 };
  return createJudge(contract)
    .judge(exchange, { kind: 'success' })
    .map(({ evidence }) => severityOf(evidence));
}

const answering = (schema: JsonObject): JsonObject => ({
  get: { responses: { '200': { description: 'ok', content: { 'application/json': { schema } } } } },
});
const A = { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } };
const B = { type: 'object', required: ['b'], properties: { b: { type: 'integer' } } };
const C = { type: 'object', properties: { c: { type: 'integer' }, d: { type: 'integer' } } };
const NOTHING = {
  allOf: [
    { ...A, additionalProperties: false },
    { ...B, additionalProperties: false },
  ],
};

/** A document with one operation. */
function documentOf(responses: JsonObject) {
  const paths = { '/x': { get: { responses } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  return { contract, operation };
}

test.each<[string, JsonObject, JsonObject, readonly string[]]>([
  ['a value of several forms', { '/x': answering({ oneOf: [A, { type: 'object' }] }) }, { a: 1 }, []],
  [
    'a missing property that only requests have',
    { '/x': answering({ required: ['p'], properties: { p: { writeOnly: true } } }) },
    {},
    [],
  ],
  ['a schema that no value fits', { '/x': answering({ ...NOTHING, not: {} }) }, { a: 1 }, ['observed']],
  [
    'the answer of another operation with the same request',
    { '/x#one': answering(A), '/x#two': answering(B) },
    { b: 1 },
    [],
  ],
  ['a body in a property of the answer', { '/x': answering(C) }, { id: 1, data: { c: 1 } }, ['warned']],
  ['one beside a null that does not fit', { '/x': answering(C) }, { data: { c: 1 }, c: null }, ['failed']],
  ['one that has to be in the answer itself', { '/x': answering(A) }, { data: { a: 1 } }, ['failed']],
  ['a list in a property of the answer', { '/x': answering({ type: 'array' }) }, { data: [], next: null }, ['failed']],
  ['a map', { '/x': answering({ ...C, additionalProperties: C }) }, { data: { c: 1 } }, []],
  ['an answer with a property of the document', { '/x': answering(C) }, { c: 2, data: { c: 1 } }, []],
  ['another object in the answer', { '/x': answering(C) }, { data: { e: 1 } }, []],
  ['the answer of none of them', { '/x#one': answering(A), '/x#two': answering(B) }, {}, ['failed']],
])('%s', (_, paths, json, want) => {
  expect(judged(paths, json)).toEqual(want);
});

test('an operation that documents errors only may answer with any of them', () => {
  const paths = { '/x': { get: { responses: { '405': { description: 'Invalid input' } } } } };
  const contract = readContract({ openapi: '3.0.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const codesOf = (status: number) =>
    createJudge(contract)
      .judge(
        { request: buildRequest(operation, noValues), response: { status, headers: {}, text: '' }, durationMs: 1 },
        { kind: 'success' },
      )
      .map(({ code }) => code);
  expect(codesOf(405)).toEqual([]);
  expect(codesOf(400)).toEqual(['WRONG_STATUS']);
});

test('an operation without responses may answer with any success', () => {
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/x': { get: {} } } });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const codesOf = (status: number, kind: 'success' | 'refusal') =>
    createJudge(contract)
      .judge(
        { request: buildRequest(operation, noValues), response: { status, headers: {}, text: '' }, durationMs: 1 },
        { kind },
      )
      .map(({ code }) => code);
  expect(codesOf(200, 'success')).toEqual([]);
  expect(codesOf(204, 'success')).toEqual([]);
  expect(codesOf(400, 'success')).toEqual(['WRONG_STATUS']);
  expect(codesOf(200, 'refusal')).toEqual(['WRONGLY_ACCEPTED']);
});

test.each<[listed: string, status: number, severity: string]>([
  ['413', 400, 'observed'],
  ['415', 422, 'observed'],
  ['422', 400, 'failed'],
  ['400', 413, 'failed'],
  ['413', 415, 'observed'],
])('a document that lists %s and is answered %d', (listed, status, severity) => {
  const responses = { '204': { description: 'ok' }, [listed]: { description: 'no' } };
  const { contract, operation } = documentOf(responses);
  const response = { status, headers: {}, text: '' };
  const exchange = { request: buildRequest(operation, noValues), response, durationMs: 1 };
  const violations = createJudge(contract).judge(exchange, { kind: 'refusal' });
  expect(violations.map(({ evidence }) => severityOf(evidence))).toEqual([severity]);
});

test.each<[status: number, severities: readonly string[]]>([
  [404, ['observed']],
  [403, ['failed']],
])('a valid request for an invented item that is answered %d', (status, severities) => {
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
  const responses = { '204': { description: 'ok' }, '401': { description: 'no' } };
  const paths = { '/x/{id}': { get: { parameters, responses } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const request = buildRequest(operation, { ...noValues, path: { id: 'a' } });
  const exchange = { request, response: { status, headers: {}, text: '' }, durationMs: 1 };
  const violations = createJudge(contract).judge(exchange, { kind: 'success' });
  expect(violations.map(({ evidence }) => severityOf(evidence))).toEqual(severities);
});

test('JSON that is documented as any type is judged by its schema, unless it is a file', () => {
  const ofAnyType = (schema: JsonObject): JsonObject => ({
    get: { responses: { '200': { description: 'ok', content: { '*/*': { schema } } } } },
  });
  expect(judged({ '/x': ofAnyType(A) }, { a: 1 })).toEqual([]);
  expect(judged({ '/x': ofAnyType(A) }, {})).toEqual(['failed']);
  expect(judged({ '/x': ofAnyType({ type: 'string', format: 'binary' }) }, {})).toEqual([]);
});

test('a body that the document does not describe is observed', () => {
  expect(judged({ '/x': { get: { responses: { '200': { description: 'ok' } } } } }, { a: 1 })).toEqual(['observed']);
});

test.each<[status: number, security: boolean | 'no schemes', cause: string]>([
  [403, 'no schemes', 'status 403 instead of 204'],
  [401, 'no schemes', 'refused without a token, which the contract does not require'],
  [403, false, 'refused without a token, which the contract does not require'],
  [401, false, 'refused without a token, which the contract does not require'],
  [409, false, 'status 409 instead of 204'],
  [403, true, 'status 403 instead of 204'],
])('a valid request without a token that is answered %d, where one is required: %s', (status, security, cause) => {
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/x': {
        get: { responses: { '204': { description: 'ok' } }, ...(security === true ? { security: [{ k: [] }] } : {}) },
      },
    },
    ...(security === 'no schemes'
      ? {}
      : { components: { securitySchemes: { k: { type: 'apiKey', in: 'header', name: 'key' } } } }),
  });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const exchange = {
    request: buildRequest(operation, noValues),
    response: { status, headers: {}, text: '' },
    durationMs: 1,
  };
  expect(
    createJudge(contract)
      .judge(exchange, { kind: 'success' })
      .map((one) => one.cause),
  ).toEqual([cause]);
});

test.each<[name: string, forms: readonly JsonObject[], want: string]>([
  [
    'two forms',
    [shape({ kind: { enum: ['user'] } }), shape({ url: { type: 'string' } })],
    'the body must match a schema in anyOf: /kind must be equal to one of the allowed values, or /url must be string',
  ],
  [
    'two forms that are closed',
    ['kind', 'url'].map((name) => ({ type: 'object', properties: { [name]: {} }, additionalProperties: false })),
    'the body must match a schema in anyOf: the body must not have "url": it is not declared, or the body must not have "kind": it is not declared',
  ],
  [
    'more forms than a person reads',
    ['integer', 'boolean', 'array', 'string', 'null'].map((type) => shape({ url: { type }, kind: { type } })),
    'the body must match a schema in anyOf: /url must be integer, or /url must be boolean, or /url must be array, or other forms',
  ],
])('what fits none of %s is told what each demands', (_name, forms, want) => {
  const json = { kind: 'service', url: 0.5 };
  const content = { 'application/json': { schema: { anyOf: forms } } };
  const paths = { '/x': { get: { responses: { '200': { description: 'ok', content } } } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const response = { status: 200, headers: { 'content-type': 'application/json' }, text: JSON.stringify(json), json };
  const exchange = { request: buildRequest(operation, noValues), response, durationMs: 1 };
  const violations = createJudge(contract).judge(exchange, { kind: 'success' });
  expect(violations.map(({ expected }) => expected)).toEqual([want]);
});

function shape(properties: JsonObject): JsonObject {
  return { type: 'object', properties };
}

test('a body that violates the schema of a default response is shown with its status', () => {
  const schema = { type: 'object', required: ['code'] };
  const responses = {
    '204': { description: 'ok' },
    default: { description: 'fault', content: { 'application/json': { schema } } },
  };
  const { contract, operation } = documentOf(responses);
  const response = { status: 400, headers: { 'content-type': 'application/json' }, text: '{}', json: {} };
  const exchange = { request: buildRequest(operation, noValues), response, durationMs: 1 };
  const violations = createJudge(contract).judge(exchange, { kind: 'refusal' });
  expect(violations.map(({ actual }) => actual)).toEqual(['400 {}']);
});

test.each<[JsonObject, JsonObject]>([
  [{ properties: { id: {} } }, { name: 'x', owner: { id: 1 } }],
  [{ properties: { id: {}, name: {} } }, { title: 'x', owner: { id: 1, name: 'ann' } }],
])('what refers to another item does not have the documented body inside: %j', (schema, json) => {
  const { contract, operation } = documentOf({
    '200': { description: 'ok', content: { 'application/json': { schema: { type: 'object', ...schema } } } },
  });
  const response = { status: 200, headers: { 'content-type': 'application/json' }, text: JSON.stringify(json), json };
  const exchange = { request: buildRequest(operation, noValues), response, durationMs: 1 };
  expect(createJudge(contract).judge(exchange, { kind: 'success' })).toEqual([]);
});

test.each<[JsonObject, JsonObject, string]>([
  [
    { type: 'object', properties: { id: {} } },
    { data: { id: 1 } },
    'the documented properties (id) in the body itself, not inside /data',
  ],
  [C, { status: 'ok', data: { c: 1, d: 2 } }, 'the documented properties (c, d) in the body itself, not inside /data'],
  [{ type: 'array' }, { data: [], next: null }, 'the documented list in the body itself, not inside /data'],
])('says in which property the documented body is: %j', (schema, json, want) => {
  const { contract, operation } = documentOf({
    '200': { description: 'ok', content: { 'application/json': { schema } } },
  });
  const response = { status: 200, headers: { 'content-type': 'application/json' }, text: JSON.stringify(json), json };
  const exchange = { request: buildRequest(operation, noValues), response, durationMs: 1 };
  const [violation, ...others] = createJudge(contract).judge(exchange, { kind: 'success' });
  expect(others).toEqual([]);
  expect([violation?.cause, violation?.expected]).toEqual(['the documented body is in its property data', want]);
});
