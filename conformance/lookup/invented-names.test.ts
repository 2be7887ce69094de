import { expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { readContract } from '../../contract/read/read.js';
import { buildRequest, noValues } from '../target/request.js';
import { unmetCondition } from './invented-names.js';

const MISSING = 'the path names something that the target does not have (--set-path NAME=VALUE names what it has)';
const UNFIT = 'the path may name nothing of a form that the target takes';
const UNKNOWN_IN_BODY = 'the body names something that the target does not have';
const OPEN_IN_BODY = 'the body leaves open which item of the target it names';
const LOGIN = 'the body has credentials that the target does not know';
const HIDDEN = 'the path may name something that the token may not see';
const TAKEN = 'the target may already have what the request makes';
const FULL = 'the target takes no more of what the request makes';
const NOT_THERE = 'the request names something that the target does not have';
const HAS_VALUE = 'the target already has a value of the body';

it.each([
  ['/x/{id}', 404, MISSING],
  ['/x/{id}', 410, MISSING],
  ['/x/{id}', 403, HIDDEN],
  ['/x', 403, undefined],
  ['/x/{id}', 409, undefined],
  ['/x', 404, undefined],
])('%s is answered %d: %s', (path, status, want) => {
  const parameters = path.includes('{') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : [];
  const paths = { [path]: { get: { parameters, responses: { '204': { description: 'ok' } } } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const values = { ...noValues, path: { id: 'a' } };
  const response = { status, headers: {}, text: '' };
  const exchange = { request: buildRequest(operation, values), response, durationMs: 1 };
  expect(unmetCondition(contract, operation, exchange)).toBe(want);
});

it.each([
  [{ required: true, schema: { type: 'string' } }, 404, 'the query names something that the target does not have'],
  [{ required: true, schema: { type: 'string' } }, 410, 'the query names something that the target does not have'],
  [{ required: true, schema: { type: 'string' } }, 400, undefined],
  [{ required: true, schema: { type: 'string', enum: ['a', 'b'] } }, 404, undefined],
  [{ required: false, schema: { type: 'string' } }, 404, undefined],
])('a query parameter %j is answered %d: %s', (parameter, status, want) => {
  const parameters = [{ name: 'challenge', in: 'query', ...parameter }];
  const paths = { '/x': { get: { parameters, responses: { '204': { description: 'ok' } } } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const request = buildRequest(operation, { ...noValues, query: { challenge: 'a' } });
  expect(
    unmetCondition(contract, operation, { request, response: { status, headers: {}, text: '' }, durationMs: 1 }),
  ).toBe(want);
});

it.each([
  [{ owner_id: 'a' }, 404, UNKNOWN_IN_BODY],
  [{ tagIds: ['a'] }, 404, UNKNOWN_IN_BODY],
  [{ tagID: 'a' }, 404, UNKNOWN_IN_BODY],
  [{ owner: 'c7d9f9f9-ac82-4c84-bf2e-c9737852d645' }, 404, UNKNOWN_IN_BODY],
  [{ id: 'c7d9f9f9-ac82-4c84-bf2e-c9737852d645', name: 'b' }, 404, undefined],
  [{ owner: 'c7d9f9f9-ac82-4c84-bf2e-c9737852d645' }, 400, undefined],
  [{ owner_id: null, name: 'b' }, 404, undefined],
  [{ paid: true, id: 'a' }, 404, undefined],
  [{ owner_id: 'a' }, 400, undefined],
  [{ name: 'b' }, 409, TAKEN],
  [{ email: 'a', password: 'b' }, 401, LOGIN],
  [{ refresh_token: 'a' }, 401, LOGIN],
  [{ email: 'a', password: 'b' }, 400, undefined],
  [{ email: 'a' }, 401, undefined],
])('a body %j is answered %d: %s', (body, status, want) => {
  const content = { 'application/json': { schema: { type: 'object' } } };
  const paths = { '/x': { post: { requestBody: { content }, responses: { '204': { description: 'ok' } } } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const request = buildRequest(operation, { ...noValues, body });
  expect(
    unmetCondition(contract, operation, { request, response: { status, headers: {}, text: '' }, durationMs: 1 }),
  ).toBe(want);
});

it.each<[method: 'post' | 'put', listed: string, body: JsonObject, want: string | undefined]>([
  ['post', '404', { id: 'a' }, UNKNOWN_IN_BODY],
  ['post', '404', { uuid: 'a' }, UNKNOWN_IN_BODY],
  ['post', '404', { paid: true }, undefined],
  ['post', '400', { id: 'a' }, undefined],
  ['put', '404', { id: 'a' }, undefined],
])('a %s where %s is documented, with %j, is answered 404: %s', (method, listed, body, want) => {
  const content = { 'application/json': { schema: { type: 'object' } } };
  const responses = { '204': { description: 'ok' }, [listed]: { description: 'refused' } };
  const paths = { '/x': { [method]: { requestBody: { content }, responses } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const request = buildRequest(operation, { ...noValues, body });
  const response = { status: 404, headers: {}, text: '"not found"' };
  expect(unmetCondition(contract, operation, { request, response, durationMs: 1 })).toBe(want);
});

it.each<[body: JsonObject, status: number, text: string, want: string | undefined]>([
  [{ email: 'a', password: 'b' }, 400, 'Wrong email or password.', LOGIN],
  [{ email: 'a', password: 'b' }, 403, 'Invalid credentials', LOGIN],
  [{ totp: 'a' }, 400, 'TOTP verification failed.', LOGIN],
  [{ old_password: 'a' }, 400, 'Old password is wrong.', LOGIN],
  [{ code: 'a' }, 422, 'Wrong or expired code.', LOGIN],
  [{ password: 'b' }, 400, 'Invalid password: at least 8 letters', undefined],
  [{ email: 'a', password: 'b' }, 500, 'Wrong email or password.', undefined],
  [{ owner_id: 'a' }, 400, 'insert violates foreign key constraint "songs_owner"', UNKNOWN_IN_BODY],
  [{ owner_id: 'a' }, 409, 'The change conflicts with records referencing this one.', UNKNOWN_IN_BODY],
  [{ owner: 'a' }, 400, 'insert violates foreign key constraint "songs_owner"', undefined],
  [{ owner_id: 'a' }, 400, 'The key of a foreign owner', undefined],
])('a body %j that is refused with %d "%s": %s', (body, status, text, want) => {
  const content = { 'application/json': { schema: { type: 'object' } } };
  const paths = { '/x': { post: { requestBody: { content }, responses: { '204': { description: 'ok' } } } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const exchange = { request: buildRequest(operation, { ...noValues, body }), response: { status, headers: {}, text } };
  expect(unmetCondition(contract, operation, { ...exchange, durationMs: 1 })).toBe(want);
});

const UNKNOWN = 'the request names something that the target does not have';

it.each([
  [{ tenant_id: 'a' }, {}, 400, 'USER_CREATE_UNKNOWN_TENANT', UNKNOWN],
  [{ tenantId: 'a' }, {}, 422, 'The tenant does not exist.', UNKNOWN],
  [{ tenantId: 'a' }, {}, 422, 'tenant not found', UNKNOWN],
  [{}, { recipeUserId: 'a' }, 400, 'Unknown user ID provided', UNKNOWN],
  [{ tenant_id: 'a' }, {}, 400, 'unknown property tenant_id', undefined],
  [{ tenant: 'a' }, {}, 400, 'Unknown tenant', undefined],
  [{ tenant_id: 'a' }, {}, 400, 'tenant_id is required', undefined],
  [{ tenant_id: 'a' }, {}, 500, 'Unknown tenant', undefined],
])('a request with %j and ?%j is answered %d "%s": %s', (body, query, status, text, want) => {
  const content = { 'application/json': { schema: { type: 'object' } } };
  const paths = { '/x': { post: { requestBody: { content }, responses: { '204': { description: 'ok' } } } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const request = buildRequest(operation, { ...noValues, body, query });
  const response = { status, headers: {}, text };
  expect(unmetCondition(contract, operation, { request, response, durationMs: 1 })).toBe(want);
});

it.each<[schema: JsonObject, status: number, text: string, want: string | undefined]>([
  [{ properties: { id: { type: 'string' } } }, 400, '{"club":["Related object not found: {}"]}', UNKNOWN_IN_BODY],
  [{ items: { properties: { id: {} } } }, 422, '{"club":["No such club"]}', UNKNOWN_IN_BODY],
  [{ properties: { id: {} } }, 400, '{"club":["Multiple objects match: {}"]}', OPEN_IN_BODY],
  [{ properties: { id: {} } }, 400, '{"club":["multiple errors"]}', undefined],
  [{ type: 'string' }, 400, '{"club":["Multiple objects match: {}"]}', undefined],
  [{ type: 'string', format: 'uri' }, 400, '{"code":"no_match","attr":"club"}', undefined],
  [{ type: 'string', format: 'uri' }, 400, 'Invalid hyperlink - No URL match: club', UNKNOWN_IN_BODY],
  [{ type: ['string', 'null'], format: 'uri' }, 400, 'club: Object does not exist', UNKNOWN_IN_BODY],
  [{ properties: { id: {} } }, 400, '{"club":["This field is required"]}', undefined],
  [{ properties: { id: {} } }, 400, '{"member":["not found"]}', undefined],
  [{ properties: { name: {} } }, 400, '{"club":["not found"]}', undefined],
  [{ type: 'string' }, 400, '{"club":["not found"]}', undefined],
  [{ properties: { id: {} } }, 500, '{"club":["not found"]}', undefined],
])('a link %j is answered %d %s: %s', (club, status, text, want) => {
  const content = { 'application/json': { schema: { type: 'object', properties: { club } } } };
  const paths = { '/x': { post: { requestBody: { content }, responses: { '204': { description: 'ok' } } } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const request = buildRequest(operation, { ...noValues, body: { club: {} } });
  const response = { status, headers: {}, text };
  expect(unmetCondition(contract, operation, { request, response, durationMs: 1 })).toBe(want);
});

it.each([
  ['page', 404, 'the query names a page that the target does not have'],
  ['page_token', 410, 'the query names a page that the target does not have'],
  ['page', 400, undefined],
  ['page_size', 404, undefined],
])('a query with %s is answered %d: %s', (name, status, want) => {
  const parameters = [{ name, in: 'query', schema: { type: 'integer' } }];
  const paths = { '/x': { get: { parameters, responses: { '204': { description: 'ok' } } } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const response = { status, headers: {}, text: '' };
  const [asked, plain] = [{ [name]: 3 }, {}].map((query) =>
    unmetCondition(contract, operation, {
      request: buildRequest(operation, { ...noValues, query }),
      response,
      durationMs: 1,
    }),
  );
  expect([asked, plain]).toEqual([want, undefined]);
});

it.each([
  [['application/json', 'application/yaml'], 'the target does not have the answer as JSON'],
  [['application/json'], undefined],
  [['application/yaml'], undefined],
])('an answer in %j that is not acceptable: %s', (types, want) => {
  const content = Object.fromEntries(types.map((type) => [type, {}]));
  const paths = { '/x': { get: { responses: { '200': { description: 'ok', content } } } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const exchange = {
    request: buildRequest(operation, noValues),
    response: { status: 406, headers: {}, text: '' },
    durationMs: 1,
  };
  expect(unmetCondition(contract, operation, exchange)).toBe(want);
});

it.each<[schema: JsonObject, listed: string, status: number, want: string | undefined]>([
  [{ type: 'string' }, '400', 400, UNFIT],
  [{ type: 'string' }, '422', 422, UNFIT],
  [{ type: 'string' }, '4XX', 400, UNFIT],
  [{ type: 'string' }, 'default', 422, UNFIT],
  [{ type: 'integer' }, '403', 403, HIDDEN],
  [{ type: 'integer' }, '404', 403, HIDDEN],
  [{ type: 'string' }, '404', 400, UNFIT],
  [{ type: 'string', pattern: '[0-9a-f]+', minLength: 16 }, '4XX', 400, UNFIT],
  [{ type: 'string', pattern: '[0-9a-f]+', enum: ['beef'] }, '4XX', 400, undefined],
  [{ type: 'string', enum: ['main'] }, '400', 400, undefined],
  [{ type: 'string', format: 'uuid' }, '400', 400, undefined],
  [{ type: 'integer' }, '400', 400, undefined],
])('a name of %j where %s is documented is answered %d: %s', (schema, listed, status, want) => {
  const parameters = [{ name: 'id', in: 'path', required: true, schema }];
  const responses = { '200': { description: 'ok' }, [listed]: { description: 'refused' } };
  const paths = { '/x/{id}': { get: { parameters, responses } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const request = buildRequest(operation, { ...noValues, path: { id: 1 } });
  expect(
    unmetCondition(contract, operation, { request, response: { status, headers: {}, text: '' }, durationMs: 1 }),
  ).toBe(want);
});

it.each([
  ['The group already exists', 400, TAKEN],
  ['UNIQUE constraint failed: ab_group.name', 422, TAKEN],
  ['Email has already been taken', 422, TAKEN],
  ['duplicate key value violates unique constraint', 400, TAKEN],
  ['name: must be unique', 400, TAKEN],
  ['name: required', 400, undefined],
  ['The group already exists', 500, undefined],
  ['Error: license limit reached', 400, FULL],
  ['You have reached the maximum group limit', 403, FULL],
  ['Quota exceeded', 402, FULL],
  ['Quota exceeded', 503, undefined],
  ['The name exceeds the limit of 9 letters', 400, undefined],
])('a refusal that says "%s" with %d: %s', (text, status, want) => {
  const paths = { '/x': { post: { responses: { '204': { description: 'ok' } } } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const exchange = { request: buildRequest(operation, noValues), response: { status, headers: {}, text } };
  expect(unmetCondition(contract, operation, { ...exchange, durationMs: 1 })).toBe(want);
});

it.each([
  ['Role(s) with ID(s) [997] do not exist.', 400, UNKNOWN_IN_BODY],
  ["No such member: 'grete'", 422, UNKNOWN_IN_BODY],
  ['Role 997 not found', 404, UNKNOWN_IN_BODY],
  ['["Could not find member grete"]', 400, UNKNOWN_IN_BODY],
  ["Can't find role 997", 422, UNKNOWN_IN_BODY],
  ['Role 998 not found', 404, undefined],
  ["Unable to get role with ID '997': No role with this ID found", 404, UNKNOWN_IN_BODY],
  ['There was a member grete until 2020', 410, UNKNOWN_IN_BODY],
  ["Unable to get role with ID '998'", 404, undefined],
  ['Cannot POST /x', 404, undefined],
  ['roles: 997 is too large', 400, undefined],
  ['Role 997 does not exist', 500, undefined],
])('a refusal of invented ids that says "%s" with %d: %s', (text, status, want) => {
  const content = { 'application/json': { schema: { type: 'object' } } };
  const paths = { '/x': { post: { requestBody: { content }, responses: { '204': { description: 'ok' } } } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const body = { name: 'x', roles: [997], members: [{ login: 'grete' }] };
  const exchange = { request: buildRequest(operation, { ...noValues, body }), response: { status, headers: {}, text } };
  expect(unmetCondition(contract, operation, { ...exchange, durationMs: 1 })).toBe(want);
});

it.each<[text: string, status: number, email: string, want: string | undefined]>([
  ['The email `a` already exists', 409, 'a', HAS_VALUE],
  ['Email a is already taken', 422, 'a', HAS_VALUE],
  ['Emails must be long', 422, 'a', undefined],
  ['USER_EMAIL_ALREADY_EXISTS', 400, 'a', HAS_VALUE],
  ['USER_EMAIL_ALREADY_EXISTS', 400, 'ada.rc3fk2m9xq0-0001@example.com', undefined],
  ['USER_MAIL_ALREADY_EXISTS', 400, 'a', undefined],
  ['USER_EMAIL_TOO_LONG', 400, 'a', undefined],
  ['Email b is already taken', 422, 'a', undefined],
  ['Another has ada.rc3fk2m9xq0-0001@example.com', 409, 'ada.rc3fk2m9xq0-0001@example.com', undefined],
  ['The email `a` already exists', 500, 'a', undefined],
])('an update that is refused by "%s" with %d: %s', (text, status, email, want) => {
  const properties = { id: { type: 'string' }, email: { type: 'string' } };
  const content = { 'application/json': { schema: { type: 'object', properties } } };
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
  const answers = { responses: { '200': { description: 'ok', content } } };
  const body = { requestBody: { content } };
  const paths = {
    '/x': {
      get: {
        responses: {
          '200': {
            description: 'ok',
            content: { 'application/json': { schema: { type: 'array', items: content['application/json'].schema } } },
          },
        },
      },
      post: { ...body, ...answers },
    },
    '/x/{id}': { parameters, patch: { ...body, ...answers } },
  };
  const { contract } = withDerivedState(readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }));
  const operation = contract.operations.find(({ method }) => method === 'PATCH');
  if (operation?.effect?.kind !== 'update') throw new Error('no update');
  const request = buildRequest(operation, { ...noValues, path: { id: 'x1' }, body: { email } });
  const exchange = { request, response: { status, headers: {}, text }, durationMs: 1 };
  expect(unmetCondition(contract, operation, exchange)).toBe(want);
});

it.each<[status: number, text: string, want: string | undefined]>([
  [401, '{"detail":"The specified user does not exist","message":"invalid session"}', NOT_THERE],
  [400, 'role name not found', NOT_THERE],
  [409, 'Unknown user', NOT_THERE],
  [404, 'service account is not found', NOT_THERE],
  [401, 'invalid session', undefined],
  [404, 'Cannot POST /users', undefined],
  [404, '404 page not found', undefined],
  [400, 'Unknown field user', undefined],
  [400, 'The field user does not exist', undefined],
  [400, 'column user_id does not exist', undefined],
  [400, 'User names are short', undefined],
  [500, 'The specified user does not exist', undefined],
])('%d "%s" to a body with a name of something else: %s', (status, text, want) => {
  const content = { 'application/json': { schema: { type: 'object' } } };
  const done = { '204': { description: 'ok' } };
  const paths = {
    '/groups': { post: { requestBody: { content }, responses: done } },
    '/users/{id}/roles': { get: { responses: done } },
    '/service-accounts': { get: { responses: done } },
    '/pages': { get: { responses: done } },
  };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const request = buildRequest(operation, { ...noValues, body: { members: ['ada'] } });
  expect(unmetCondition(contract, operation, { request, response: { status, headers: {}, text }, durationMs: 1 })).toBe(
    want,
  );
});

it('what a request is about exists: that it is missing is no answer', () => {
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
  const paths = { '/users/{id}/lock': { post: { parameters, responses: { '204': { description: 'ok' } } } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const own = { ...operation, names: { user: 'id' } };
  const request = buildRequest(own, { ...noValues, path: { id: 'a' }, body: {} });
  const response = { status: 401, headers: {}, text: 'The user does not exist' };
  expect(unmetCondition(contract, own, { request, response, durationMs: 1 })).toBeUndefined();
});

it.each<[body: JsonObject, status: number, text: string, secured: boolean, want: string | undefined]>([
  [{ current_secret_key: 'a', new_secret_key: 'b' }, 403, 'please check your current password', true, LOGIN],
  [{ oldPassword: 'a', newPassword: 'b' }, 400, '{"oldPassword": "no match"}', true, LOGIN],
  [{ oldPassword: 'a', newPassword: 'b' }, 400, 'newPassword is too short', true, undefined],
  [{ password: 'b' }, 403, 'please check your current password', true, undefined],
  [{}, 401, 'invalid login', false, LOGIN],
  [{}, 401, 'invalid token', true, undefined],
  [{}, 400, 'password is missing', false, undefined],
])('a body %j of credentials is refused with %d "%s", secured: %s: %s', (body, status, text, secured, want) => {
  const schema = { type: 'object', properties: { login: { type: 'string' }, password: { type: 'string' } } };
  const operation = {
    requestBody: { content: { 'application/json': { schema } } },
    responses: { '204': { description: 'ok' } },
    ...(secured && { security: [{ key: [] }] }),
  };
  const components = { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } };
  const info = { title: 'T', version: '1' };
  const contract = readContract({ openapi: '3.1.0', info, paths: { '/x': { post: operation } }, components });
  const [read] = contract.operations;
  if (read === undefined) throw new Error('no operation');
  const request = buildRequest(read, { ...noValues, body });
  expect(unmetCondition(contract, read, { request, response: { status, headers: {}, text }, durationMs: 1 })).toBe(
    want,
  );
});

it.each([
  ['/auth/disable', 401, 'an earlier request of this kind may have ended the token'],
  ['/logout', 401, 'an earlier request of this kind may have ended the token'],
  ['/auth/disable', 403, undefined],
  ['/auth/check', 401, undefined],
])('POST %s is answered %d: %s', (path, status, want) => {
  const paths = { [path]: { post: { responses: { '204': { description: 'ok' } } } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const request = buildRequest(operation, noValues);
  const response = { status, headers: {}, text: 'invalid token' };
  expect(unmetCondition(contract, operation, { request, response, durationMs: 1 })).toBe(want);
});
