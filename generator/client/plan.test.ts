import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { readContract } from '../../contract/read/read.js';
import type { ClientMethod } from './method.js';
import { planClient } from './plan.js';

/** The plan of a document with these paths. */
function plan(paths: JsonObject, rest: JsonObject = {}) {
  return planClient(readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, ...rest }));
}
const only = (paths: JsonObject, rest: JsonObject = {}): ClientMethod => {
  const [method] = plan(paths, rest).methods;
  if (!method) throw new Error('no method');
  return method;
};
const done = { '204': { description: 'done' } };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const calls = (paths: JsonObject) => plan(paths).methods.map(({ path }) => path.join('.'));

describe('the path of a method comes from', () => {
  test('the dots of its id', () => {
    expect(calls({ '/a': { get: { operationId: 'users.roles.assign', tags: ['x'], responses: done } } })).toEqual([
      'users.roles.assign',
    ]);
  });

  test('its first tag if the id has no dots', () => {
    expect(
      calls({
        '/a': {
          get: { operationId: 'get_client-grants', tags: ['client-grants', 'x'], responses: done },
          put: { operationId: 'get_user_roles', responses: done },
        },
      }),
    ).toEqual(['clientGrants.getClientGrants', 'getUserRoles']);
  });

  test('its HTTP method and path if it has no id', () => {
    expect(calls({ '/users/{id}': { get: { parameters: [id], responses: done } } })).toEqual(['getUsersId']);
  });

  test('a free name if another method or group has the same', () => {
    expect(
      calls({
        '/a': {
          get: { operationId: 'a.b', responses: done },
          put: { operationId: 'a.b.c', responses: done },
          post: { operationId: 'a.b-', responses: done },
          delete: { operationId: 'a', responses: done },
        },
      }),
    ).toEqual(['a.b2', 'a.b.c', 'a.b3', 'a2']);
  });
});

test.each(['Connection', 'ServerSentEvent', 'ByType', 'Blob', 'TokenError'])('no group has the type %s', (tag) => {
  const { root } = plan({ '/a': { get: { operationId: 'x', tags: [tag], responses: done } } });
  expect(root.groups.map(({ type }) => type)).toEqual([`${tag}2`]);
});

describe('the arguments of a method are', () => {
  const effects = {
    components: { 'x-resources': { user: { key: 'user_id' }, 'api-key': { key: 'id' } } },
  };

  test('ids in the order of the path, named after their resource', () => {
    const { ids } = only(
      {
        '/users/{id}/keys/{key_name}': {
          parameters: [{ ...id, name: 'key_name' }, id],
          get: {
            responses: done,
            'x-effect': { read: 'api-key', of: { user: 'id', 'api-key': 'key_name' }, by: 'name' },
          },
        },
      },
      effects,
    );
    expect(ids.map(({ name }) => name)).toEqual(['userId', 'apiKeyName']);
  });

  test('ids named as in the path if their resource is unknown', () => {
    const { ids } = only({ '/x/{user_id}/{body}': { get: { responses: done } } });
    expect(ids.map(({ name }) => name)).toEqual(['userId', 'body']);
  });

  test('a JSON body if JSON is among the content types', () => {
    const content = { 'text/csv': {}, 'application/x-www-form-urlencoded': {}, 'application/json': {} };
    expect(only({ '/x': { post: { requestBody: { content }, responses: done } } }).body).toMatchObject({
      type: 'application/json',
      required: false,
    });
  });

  test('a form with the styles of its encoding', () => {
    const encoding = {
      a: { style: 'deepObject', explode: true },
      b: { explode: false },
      c: { contentType: 'text/plain' },
    };
    const content = { 'application/x-www-form-urlencoded': { schema: { type: 'object' }, encoding } };
    expect(only({ '/x': { post: { requestBody: { content }, responses: done } } }).body).toMatchObject({
      contents: [{ styles: { a: 'deepObject', b: ',' } }],
    });
  });

  test('a query that is required if one of its parameters is', () => {
    const parameters = [
      { name: 'a', in: 'query', schema: {} },
      { name: 'b', in: 'query', required: true, schema: {} },
    ];
    expect(only({ '/x': { get: { parameters, responses: done } } }).query).toMatchObject({ required: true });
  });
});

describe('header and cookie parameters', () => {
  test('are arguments, required if one of them is', () => {
    const parameters = [
      { name: 'X-Key', in: 'header', schema: {} },
      { name: 'X-Must', in: 'header', required: true, schema: {} },
      { name: 'sid', in: 'cookie', schema: {} },
    ];
    const { headers, cookies } = only({ '/x': { get: { parameters, responses: done } } });
    expect(headers).toMatchObject({ name: 'headers', required: true });
    expect(headers?.parameters.map(({ name }) => name)).toEqual(['X-Key', 'X-Must']);
    expect(cookies).toMatchObject({ name: 'cookies', required: false });
  });

  test('are not those that the client sets itself', () => {
    const parameters = ['Accept', 'content-type', 'AUTHORIZATION'].map((name) => ({ name, in: 'header', schema: {} }));
    expect(only({ '/x': { get: { parameters, responses: done } } }).headers).toBeUndefined();
  });

  test('are not optional headers that SDKs ignore', () => {
    const ignored = { in: 'header', schema: {}, 'x-sdk-ignore': true };
    const parameters = [
      { ...ignored, name: 'X-Rare' },
      { ...ignored, name: 'X-Must', required: true },
    ];
    const { headers } = only({ '/x': { get: { parameters, responses: done } } });
    expect(headers?.parameters.map(({ name }) => name)).toEqual(['X-Must']);
    expect(only({ '/x': { get: { parameters: parameters.slice(0, 1), responses: done } } }).headers).toBeUndefined();
  });
});

describe('the style of a query parameter', () => {
  const object = { schema: { type: 'object' } };
  test.each([
    [{}, undefined],
    [{ style: 'form', explode: true }, undefined],
    [{ explode: false }, ','],
    [{ style: 'spaceDelimited' }, '%20'],
    [{ style: 'pipeDelimited' }, '|'],
    [{ style: 'pipeDelimited', explode: true }, undefined],
    [{ style: 'deepObject', explode: true, ...object }, 'deepObject'],
    [{ schema: undefined, content: { 'application/json': object } }, 'json'],
  ])('%j', (style, want) => {
    const schema = { type: 'array', items: {} };
    const parameters = [
      { name: 'before', in: 'query', schema, explode: false },
      JSON.parse(JSON.stringify({ name: 'a', in: 'query', schema, ...style })),
    ];
    const { query } = only({ '/x': { get: { parameters, responses: done } } });
    expect(query?.styles).toEqual({ before: ',', ...(want && { a: want }) });
  });
});

describe('the result of a method for the responses', () => {
  const variants = (responses: JsonObject, rest: JsonObject = {}) =>
    only({ '/x': { get: { responses } } }, rest).variants.map(({ status, ok, kind }) => [status, ok, kind]);

  test.each([
    [{ '200': { description: '', content: { 'application/json': {} } } }, [['200', true, 'json']]],
    [{ '204': { description: '' } }, [['204', true, 'none']]],
    [{ '201': { description: '' } }, [['201', true, 'any']]],
    [{ '2XX': { description: '' } }, [['2XX', true, 'any']]],
    [{ '404': { description: '' } }, [['404', false, 'any']]],
    [{ '4XX': { description: '', content: { 'application/problem+json': {} } } }, [['4XX', false, 'json']]],
    [{ '200': { description: '', content: { 'text/csv': {} } } }, [['200', true, 'text']]],
    [{ '200': { description: '', content: { 'text/html': {} } } }, [['200', true, 'html']]],
    [{ '200': { description: '', content: { 'text/event-stream': {} } } }, [['200', true, 'textEvents']]],
    [{ '200': { description: '', content: { 'image/png': {} } } }, [['200', true, 'stream']]],
    [
      { default: { description: '', content: { 'application/json': {} } } },
      [
        ['default', true, 'json'],
        ['default', false, 'json'],
      ],
    ],
    [
      { '200': { description: '' }, default: { description: '' } },
      [
        ['200', true, 'any'],
        ['default', false, 'any'],
      ],
    ],
  ])('%j', (responses, want) => {
    expect(variants(responses)).toEqual(want);
  });

  test('has error codes if the contract marks the property', () => {
    const { variants } = only(
      {
        '/x': {
          get: {
            responses: {
              '404': {
                description: '',
                content: { 'application/json': { schema: { $ref: '#/components/schemas/Fault' } } },
                'x-problems': ['gone', 'lost', 'hidden'],
              },
            },
          },
        },
      },
      {
        components: {
          schemas: { Fault: { allOf: [{ properties: { code: { type: 'string', 'x-value': 'error-code' } } }] } },
          'x-problems': {
            gone: { when: { never: 'x' }, errorCode: 'gone' },
            lost: { when: { never: 'x' }, errorCode: 'lost' },
            hidden: { when: { never: 'x' } },
          },
        },
      },
    );
    expect(variants[0]?.codes).toEqual({ property: 'code', values: ['gone', 'lost'], others: true });
  });
});

describe('the plan of our contract', () => {
  test('every operation has a method with its pages, batch and ids', async () => {
    const contract = await defaultContract();
    const { methods, byOperation, server } = planClient(contract);
    expect(methods.map(({ operation }) => operation.id)).toEqual(contract.operations.map(({ id }) => id));
    expect(new Set(methods.map(({ path }) => path.join('.'))).size).toBe(methods.length);
    expect(server).toEqual({
      audience: '/api/v2/',
      tokenUrl: 'oauth/token',
      limitHeader: 'x-ratelimit-limit',
      resetHeader: 'x-ratelimit-reset',
      schemes: [],
    });

    const members = byOperation.get('organizations.members.list');
    expect(members?.pages).toMatchObject({ name: 'all', items: 'members', cursor: 'from', size: 'take', most: 100 });
    expect(byOperation.get('users.roles.list')?.pages).toMatchObject({ page: 'page', size: 'per_page' });
    const add = byOperation.get('organizations.members.add');
    expect(add?.batch).toEqual({ name: 'addAll', entries: 'members', property: 'members', size: 10 });
    expect(add?.ids.map(({ name }) => name)).toEqual(['organizationId']);
  });
});
