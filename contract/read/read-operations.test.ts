import { describe, expect, test } from 'vitest';
import type { Operation } from '../contract.js';
import { ContractError } from '../errors.js';
import type { Json, JsonObject } from '../json/json.js';
import { readContract } from './read.js';

const HEAD = { openapi: '3.1.0', info: { title: 'T', version: '1' } };

function readOperation(
  operation: JsonObject,
  { item = {}, more = {} }: { item?: JsonObject; more?: JsonObject } = {},
): Operation {
  const [read] = readContract({ ...HEAD, paths: { '/x/{id}': { get: operation, ...item } }, ...more }).operations;
  if (read === undefined) throw new Error('no operation was read');
  return read;
}

test('an operation with the least fields', () => {
  expect(readOperation({})).toEqual({
    id: 'getXId',
    method: 'GET',
    path: '/x/{id}',
    route: '/x/{id}',
    summary: '',
    description: '',
    tags: [],
    deprecated: false,
    parameters: [],
    responses: [],
    security: [],
    pointer: '/paths/~1x~1{id}/get',
  });
});

test('operations come in the order of paths and methods, with unique ids', () => {
  const { operations } = readContract({
    ...HEAD,
    paths: {
      '/b': { post: {}, get: {} },
      'x-more': { get: {} },
      '/a-b/{c}': { get: { operationId: 'getB' }, trace: {} },
      '/b/': { get: {} },
    },
  });
  expect(operations.map(({ id, method, path }) => [id, method, path])).toEqual([
    ['getB', 'GET', '/b'],
    ['postB', 'POST', '/b'],
    ['getB2', 'GET', '/a-b/{c}'],
    ['traceABC', 'TRACE', '/a-b/{c}'],
    ['getB3', 'GET', '/b/'],
  ]);
});

test.each([
  { given: 'the document', operation: {}, item: {}, want: '/v1/x/{id}' },
  { given: 'the path item', operation: {}, item: { servers: [{ url: 'https://a.example/v2/' }] }, want: '/v2/x/{id}' },
  {
    given: 'the operation',
    operation: { servers: [{ url: '/' }] },
    item: { servers: [{ url: '/v2' }] },
    want: '/x/{id}',
  },
])('the server path of $given', ({ operation, item, want }) => {
  expect(readOperation(operation, { item, more: { servers: [{ url: '/v1' }, { url: '/v0' }] } }).route).toBe(want);
});

describe('parameters', () => {
  test('of the path and of the operation, which replaces one of the same name and place', () => {
    const item = {
      parameters: [
        { name: 'id', in: 'path', schema: { type: 'string' }, description: 'Of the path' },
        { name: 'q', in: 'query', schema: { type: 'string' } },
      ],
    };
    const parameters = [
      { name: 'id', in: 'path', schema: { type: 'integer' } },
      { name: 'q', in: 'header', schema: {}, required: true, deprecated: true },
    ];
    expect(readOperation({ parameters }, { item }).parameters).toEqual([
      {
        name: 'id',
        in: 'path',
        required: true,
        description: '',
        schema: { type: 'integer' },
        deprecated: false,
        pointer: '/paths/~1x~1{id}/get/parameters/0',
      },
      {
        name: 'q',
        in: 'query',
        required: false,
        description: '',
        schema: { type: 'string' },
        deprecated: false,
        pointer: '/paths/~1x~1{id}/parameters/1',
      },
      {
        name: 'q',
        in: 'header',
        required: true,
        description: '',
        schema: {},
        deprecated: true,
        pointer: '/paths/~1x~1{id}/get/parameters/1',
      },
    ]);
  });

  const components = {
    parameters: { p: { name: 'p', in: 'query', schema: { $ref: '#/components/schemas/S' } } },
    schemas: { S: { type: 'string', examples: ['of the schema'] }, T: { example: 'old' } },
    examples: { e: { value: 'by reference' } },
  };
  test.each<{ given: string; parameter: JsonObject; want: unknown }>([
    { given: 'of its own', parameter: { name: 'a', in: 'query', example: 0, schema: { examples: [1] } }, want: 0 },
    {
      given: 'of its examples',
      parameter: { name: 'a', in: 'query', examples: { first: { value: 1 }, second: { value: 2 } } },
      want: 1,
    },
    {
      given: 'by reference',
      parameter: { name: 'a', in: 'query', examples: { first: { $ref: '#/components/examples/e' } } },
      want: 'by reference',
    },
    { given: 'of its schema', parameter: { $ref: '#/components/parameters/p' }, want: 'of the schema' },
    {
      given: 'of a schema of 3.0',
      parameter: { name: 'a', in: 'query', schema: { $ref: '#/components/schemas/T' } },
      want: 'old',
    },
    { given: 'none', parameter: { name: 'a', in: 'query', schema: {} }, want: undefined },
  ])('the example: $given', ({ parameter, want }) => {
    expect(readOperation({ parameters: [parameter] }, { more: { components } }).parameters[0]?.example).toEqual(want);
  });

  test('the schema of content', () => {
    const parameter = { name: 'a', in: 'query', content: { 'application/json': { schema: { type: 'object' } } } };
    expect(readOperation({ parameters: [parameter] }).parameters[0]?.schema).toEqual({ type: 'object' });
  });

  test.each<{ query: Json; want: unknown }>([
    { query: 'page', want: { kind: 'page' } },
    { query: { filter: 'name', match: 'contains' }, want: { kind: 'filter', properties: ['name'], match: 'contains' } },
    { query: 'fields', want: { kind: 'fields', always: [] } },
    { query: { fields: { always: ['id', 'name'] } }, want: { kind: 'fields', always: ['id', 'name'] } },
    { query: { fields: {} }, want: { kind: 'fields', always: [] } },
    { query: { other: 'name' }, want: undefined },
    { query: null, want: undefined },
  ])('the query role $query', ({ query, want }) => {
    const parameter = { name: 'a', in: 'query', 'x-query': query };
    expect(readOperation({ parameters: [parameter] }).parameters[0]?.query).toEqual(want);
  });

  test('a reference to nothing is an error', () => {
    expect(() =>
      readContract({ ...HEAD, paths: { '/x': { get: { parameters: [{ $ref: '#/components/parameters/a' }] } } } }),
    ).toThrow(ContractError);
  });
});

test('a request body, its media types without parameters', () => {
  const body = {
    description: 'All',
    content: {
      'Application/JSON; charset=utf-8': { schema: { type: 'object' }, example: { a: 1 } },
      'text/plain': {},
    },
  };
  const components = { requestBodies: { b: body } };
  const pointer = '/components/requestBodies/b';
  const content = [
    { type: 'application/json', schema: { type: 'object' }, example: { a: 1 } },
    { type: 'text/plain', schema: {} },
  ];
  expect(readOperation({ requestBody: { $ref: `#${pointer}` } }, { more: { components } }).requestBody).toEqual({
    required: false,
    description: 'All',
    content,
    pointer,
  });
  expect(readOperation({ requestBody: { required: true, content: {} } }).requestBody).toMatchObject({
    required: true,
    pointer: '/paths/~1x~1{id}/get/requestBody',
  });
});

test('responses, without extensions', () => {
  const responses = {
    'x-more': { description: 'no' },
    '200': {
      description: 'ok',
      headers: { 'X-Left': { required: true, description: 'Left', schema: { type: 'integer' } }, other: {} },
      content: { 'a/b': { schema: true, examples: { one: { value: [] } } } },
      'x-problems': ['a', 'unknown'],
      'x-evidence': { '': { grade: 'reported', source: 'r' } },
    },
  };
  const components = {
    'x-problems': { a: { when: 'scope', 'x-evidence': { '': { grade: 'recorded', source: 'p' } } } },
  };
  const [response, ...others] = readOperation({ responses }, { more: { components } }).responses;
  expect(others).toEqual([]);
  expect(response).toMatchObject({
    status: '200',
    description: 'ok',
    headers: [
      { name: 'x-left', required: true, description: 'Left', schema: { type: 'integer' } },
      { name: 'other', required: false, description: '', schema: {} },
    ],
    content: [{ type: 'a/b', schema: {}, example: [] }],
    problems: [{ name: 'a', evidence: { grade: 'reported', source: 'r' } }],
    evidence: { grade: 'reported', source: 'r' },
    pointer: '/paths/~1x~1{id}/get/responses/200',
  });
  expect(response?.problems).toHaveLength(1);
});

describe('security', () => {
  const ways = (security: Json | undefined, more: JsonObject = {}) =>
    readOperation(security === undefined ? {} : { security }, { more }).security.map(
      ({ scheme, scopes, disputed, pointer }) => [scheme, scopes, disputed, pointer],
    );
  const own = (index: number) => `/paths/~1x~1{id}/get/security/${index}`;
  test('alternatives with their scopes, each once', () => {
    expect(ways([{ a: ['x', 'y'], b: ['x'] }, { a: ['z'] }])).toEqual([
      ['a+b', ['x', 'y'], false, own(0)],
      ['a', ['z'], false, own(1)],
    ]);
  });
  test('a name with spaces is several scopes, as in a token', () => {
    expect(ways([{ a: ['x y', 'x'] }])).toEqual([['a', ['x', 'y'], false, own(0)]]);
  });
  test('a key without scopes gives access beside ones with scopes, a bearer token does not', () => {
    const more = {
      components: {
        securitySchemes: {
          key: { type: 'apiKey', in: 'header', name: 'X-Key' },
          pair: { type: 'http', scheme: 'basic' },
          bearer: { type: 'http', scheme: 'bearer' },
        },
      },
    };
    const security = [{ a: ['x'] }, { key: [] }, { bearer: [] }, { pair: [] }];
    expect(readOperation({ security }, { more }).keys).toEqual([{ in: 'header', name: 'X-Key' }, { in: 'basic' }]);
    expect(readOperation({ security: [{ key: [] }] }, { more }).keys).toBeUndefined();
  });
  test('requirements without scopes are left out beside ones with scopes', () => {
    expect(ways([{ bearer: [] }, { a: ['x'] }])).toEqual([['a', ['x'], false, own(1)]]);
    expect(ways([{ bearer: [] }, { key: [] }])).toEqual([
      ['bearer', [], false, own(0)],
      ['key', [], false, own(1)],
    ]);
  });
  test('an empty requirement means that no token is needed', () => {
    expect(ways([{ a: ['x'] }, {}])).toEqual([]);
    expect(ways([])).toEqual([]);
  });
  test('beside an empty requirement, the others say how one can be sent', () => {
    const offered = (security: Json) => readOperation({ security }).offered?.map(({ scheme }) => scheme);
    expect(offered([{}, { a: ['x'] }, { b: [] }])).toEqual(['a', 'b']);
    expect(offered([{}])).toBeUndefined();
    expect(offered([{ a: [] }])).toBeUndefined();
  });
  test('of the document, unless the operation has its own', () => {
    const more = { security: [{ a: ['x'] }] };
    expect(ways(undefined, more)).toEqual([['a', ['x'], false, '/security/0']]);
    expect(ways([], more)).toEqual([]);
    expect(ways([{ b: ['y'] }], more)).toEqual([['b', ['y'], false, own(0)]]);
  });
  test('a disputed alternative', () => {
    const more = { security: [{ a: ['x'] }], 'x-evidence': { '/security/0': { grade: 'disputed', source: 's' } } };
    expect(ways(undefined, more)).toEqual([['a', ['x'], true, '/security/0']]);
  });
});

describe('effects', () => {
  const effectOf = (effect: Json) => readOperation({ 'x-effect': effect }).effect;
  const pointer = '/paths/~1x~1{id}/get/x-effect';
  const least = { of: {}, query: {}, each: {}, unknownSucceeds: [], consistency: 'immediate', pointer };
  test.each<{ effect: Json; want: unknown }>([
    { effect: { create: 'role' }, want: { ...least, kind: 'create', target: 'role', on: 'resource' } },
    { effect: { list: 'role' }, want: { ...least, kind: 'list', target: 'role', on: 'resource' } },
    {
      effect: { list: 'roles', of: { user: 'id' } },
      want: { ...least, kind: 'list', target: 'roles', on: 'relation', of: { user: 'id' } },
    },
    {
      effect: { read: 'role', of: { role: 'id' }, by: 'name' },
      want: { ...least, kind: 'read', target: 'role', on: 'resource', of: { role: 'id' }, by: 'name' },
    },
    {
      effect: { list: 'roles', of: { user: 'id' }, query: { role: 'role_id', right: { name: 'n' } } },
      want: {
        ...least,
        kind: 'list',
        target: 'roles',
        on: 'relation',
        of: { user: 'id' },
        query: { role: 'role_id', right: { name: 'n' } },
      },
    },
    { effect: { add: 'roles' }, want: { ...least, kind: 'add', target: 'roles', on: 'relation' } },
    { effect: { remove: 'roles' }, want: { ...least, kind: 'remove', target: 'roles', on: 'relation' } },
    { effect: { hook: 'token' }, want: { ...least, kind: 'hook', target: 'token', on: 'hook' } },
    {
      effect: {
        list: 'roles',
        each: { role: '/roles' },
        as: 'items',
        next: 'until-empty',
        unknown: { role: 'succeed' },
        consistency: 'eventual',
      },
      want: {
        ...least,
        kind: 'list',
        target: 'roles',
        on: 'resource',
        each: { role: '/roles' },
        as: 'items',
        next: 'until-empty',
        unknownSucceeds: ['role'],
        consistency: 'eventual',
      },
    },
    {
      effect: { list: 'roles', next: 'until-short' },
      want: { ...least, kind: 'list', target: 'roles', on: 'resource', next: 'until-short' },
    },
    { effect: { of: { a: 'b' } }, want: undefined },
    { effect: 'create', want: undefined },
  ])('$effect', ({ effect, want }) => {
    expect(effectOf(effect)).toEqual(want);
  });
});

test('the contract has the scopes of requirements and schemes, sorted, with descriptions', () => {
  const flow = { tokenUrl: 'https://a.example', scopes: { 'b:x': 'Do x', 'a:x': '' } };
  const contract = readContract({
    ...HEAD,
    servers: [{ url: 'https://a.example/v1/' }],
    paths: { '/x': { get: { security: [{ o: ['c:x', 'b:x'] }] } } },
    components: {
      securitySchemes: { o: { type: 'oauth2', flows: { implicit: flow } }, k: { type: 'apiKey' } },
      schemas: { A: {}, B: true },
    },
  });
  expect(contract.scopes).toEqual(['a:x', 'b:x', 'c:x']);
  expect([...contract.scopeDescriptions]).toEqual([
    ['b:x', 'Do x'],
    ['a:x', ''],
  ]);
  expect([...contract.schemas]).toEqual([
    ['A', {}],
    ['B', {}],
  ]);
  expect({ title: contract.title, version: contract.version, serverPath: contract.serverPath }).toEqual({
    title: 'T',
    version: '1',
    serverPath: '/v1',
  });
});

test('a schema is resolved through several references', () => {
  const contract = readContract({
    ...HEAD,
    components: {
      schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/C' }, C: { const: 1 } },
    },
  });
  expect(contract.resolve({ $ref: '#/components/schemas/A' })).toEqual({ const: 1 });
  expect(contract.resolve({ const: 2 })).toEqual({ const: 2 });
  expect(() => contract.resolve({ $ref: '#/components/schemas/D' })).toThrow(
    '"$ref: #/components/schemas/D" points to nothing',
  );
});
