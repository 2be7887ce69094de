import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { accepts, acceptsBody, acceptsQuery, answers, at, refused, status } from '../breaks.js';
import type { Planted } from '../fault.js';
import { textAnswer } from '../gateway.js';

const family = 'input';
const known = (names: readonly string[]) => (body: JsonObject) =>
  Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name)));
const hasExtra = (names: readonly string[]) => (body: Json | undefined) =>
  isObject(body) && Object.keys(body).some((name) => !names.includes(name));
const isEmptyList = (name: string) => (body: Json | undefined) =>
  isObject(body) && Array.isArray(body[name]) && body[name].length === 0;
const hasOther = (name: string, type: string) => (body: Json | undefined) =>
  isObject(body) && name in body && typeof body[name] !== type;

const ROLE = ['name', 'description'];

/** Faults of what is accepted, and of how odd requests are taken. */
export const requestFaults: readonly Planted[] = [
  [
    'extra-property',
    family,
    'roles.create',
    'standard',
    'unknown properties are accepted',
    acceptsBody('POST /roles', hasExtra(ROLE), known(ROLE)),
  ],
  [
    'extra-property-in-update',
    family,
    'roles.update',
    'standard',
    'unknown properties are accepted',
    acceptsBody('PATCH /roles/{id}', hasExtra(ROLE), known(ROLE)),
  ],
  [
    'nameless-role',
    family,
    'roles.create',
    'standard',
    'a role without name is accepted',
    acceptsBody(
      'POST /roles',
      (body) => isObject(body) && !('name' in body),
      (body) => ({ ...body, name: `role ${Math.random()}` }),
    ),
  ],
  [
    'numeric-name',
    family,
    'roles.create',
    'standard',
    'a name that is a number is accepted',
    acceptsBody('POST /roles', hasOther('name', 'string'), (body) => ({
      ...known(ROLE)(body),
      name: `role ${Math.random()}`,
    })),
  ],
  [
    'numeric-description',
    family,
    'roles.update',
    'standard',
    'a description that is no text is accepted',
    acceptsBody('PATCH /roles/{id}', hasOther('description', 'string'), (body) => ({
      ...known(ROLE)(body),
      description: 'x',
    })),
  ],
  [
    'any-email',
    family,
    'users.create',
    'standard',
    'any text is an email',
    acceptsBody(
      'POST /users',
      (body) => isObject(body) && typeof body.email === 'string' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(body.email),
      (body) => ({ ...body, email: `a${Date.now()}${Math.random()}@travel0.example` }),
    ),
  ],
  [
    'no-connection',
    family,
    'users.create',
    'standard',
    'a user without connection is accepted',
    acceptsBody(
      'POST /users',
      (body) => isObject(body) && !('connection' in body),
      (body) => ({ ...body, connection: 'Username-Password-Authentication' }),
    ),
  ],
  [
    'empty-roles',
    family,
    'users.roles.assign',
    'standard',
    'an empty list of roles is accepted',
    status('POST /users/{id}/roles', (answer, { json }) => answer.status === 400 && isEmptyList('roles')(json), 204),
  ],
  [
    'empty-members',
    family,
    'organizations.members.add',
    'standard',
    'an empty list of members is accepted',
    status(
      'POST /organizations/{id}/members',
      (answer, { json }) => answer.status === 400 && isEmptyList('members')(json),
      204,
    ),
  ],
  [
    'roles-as-text',
    family,
    'users.roles.assign',
    'standard',
    'one role as a text is accepted',
    status(
      'POST /users/{id}/roles',
      (answer, { json }) => answer.status === 400 && hasOther('roles', 'object')(json),
      204,
    ),
  ],
  [
    'empty-permissions',
    family,
    'roles.permissions.add',
    'standard',
    'an empty list of permissions is accepted',
    status(
      'POST /roles/{id}/permissions',
      (answer, { json }) => answer.status === 400 && isEmptyList('permissions')(json),
      201,
    ),
  ],
  [
    'negative-page',
    family,
    'users.list',
    'standard',
    'a negative page is the first',
    acceptsQuery('GET /users', 'page', (value) => value.startsWith('-'), '0'),
  ],
  [
    'page-of-words',
    family,
    'roles.list',
    'standard',
    'any text is a page',
    acceptsQuery('GET /roles', 'page', (value) => !/^-?\d+$/.test(value), '0'),
  ],
  [
    'endless-page-size',
    family,
    'users.list',
    'standard',
    'any page size is accepted',
    acceptsQuery('GET /users', 'per_page', (value) => Number(value) > 100, '100'),
    ['limits'],
  ],
  [
    'page-size-of-words',
    family,
    'organizations.list',
    'standard',
    'any text is a page size',
    acceptsQuery('GET /organizations', 'per_page', (value) => !/^\d+$/.test(value), '10'),
  ],
  [
    'totals-maybe',
    family,
    'users.list',
    'standard',
    'any text is a flag',
    acceptsQuery('GET /users', 'include_totals', (value) => !/^(true|false)$/.test(value), 'true'),
  ],
  [
    'no-body',
    family,
    'roles.create',
    'standard',
    'an absent body is accepted',
    accepts(
      'POST /roles',
      ({ body = '' }) => body === '',
      (request) => ({
        ...request,
        headers: { ...request.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ name: `role ${Math.random()}` }),
      }),
    ),
    ['protocol'],
  ],
  [
    'broken-json-is-empty',
    'protocol',
    'users.roles.remove',
    'standard',
    'a body that is not JSON is taken for an empty one',
    status(
      'DELETE /users/{id}/roles',
      (answer, { body = '', json }) => answer.status === 400 && body !== '' && json === undefined,
      204,
    ),
    ['input'],
  ],
  [
    'list-for-an-object',
    family,
    'roles.update',
    'standard',
    'a list is accepted as a body',
    accepts(
      'PATCH /roles/{id}',
      ({ json }) => Array.isArray(json),
      (request) => ({ ...request, body: '{}' }),
    ),
    ['protocol'],
  ],
  [
    'crash-on-broken-json',
    'protocol',
    'roles.create',
    'standard',
    'a body that is not JSON is 500',
    status(
      'POST /roles',
      (answer, { body = '', json }) => answer.status === 400 && body !== '' && json === undefined,
      500,
      { message: 'Unexpected token' },
    ),
    ['input'],
  ],
  [
    'crash-on-percent',
    'protocol',
    'users.get',
    'standard',
    'an id with a percent sign is 500',
    status('GET /users/{id}', (_answer, { route }) => route.includes('%25'), 500, { message: 'URI malformed' }),
  ],
  [
    'crash-on-null',
    family,
    'roles.update',
    'standard',
    'a null is 500',
    status(
      'PATCH /roles/{id}',
      (answer, { json }) => answer.status === 400 && isObject(json) && Object.values(json).includes(null),
      500,
      { message: 'null' },
    ),
  ],
  [
    'crash-on-long-text',
    family,
    'roles.update',
    'hard',
    'a text of more than 255 characters is 500',
    status(
      'PATCH /roles/{id}',
      (_answer, { json }) => isObject(json) && String(json.description ?? '').length > 255,
      500,
      { message: 'value too long' },
    ),
    ['state', 'limits', 'protocol'],
  ],
  [
    'head-is-404',
    'protocol',
    'roles.list',
    'standard',
    'HEAD is 500',
    at('HEAD /roles', async (request, gateway) => ({ ...(await gateway.send(request)), status: 500 })),
  ],
  [
    'any-method',
    'protocol',
    'roles.get',
    'standard',
    'PUT is answered with 200 and does nothing',
    at('PUT /roles/{id}', async (request, gateway) => {
      const { body: _body, ...read } = request;
      return { ...textAnswer(await gateway.send({ ...read, method: 'GET' }), '{}'), status: 200 };
    }),
  ],
  [
    'unknown-path-is-200',
    'protocol',
    'users.list',
    'standard',
    'unknown paths that begin alike are 200',
    async (request, gateway) => {
      const answer = await gateway.send(request);
      const isAlike =
        /^\/api\/v2\/(user|USERS)/.test(request.route) && !/^\/api\/v2\/users(\/|-|$)/.test(request.route);
      return [404, 501].includes(answer.status) && isAlike ? { ...textAnswer(answer, '[]'), status: 200 } : answer;
    },
  ],
  [
    'slash-splits-id',
    'protocol',
    'users.get',
    'standard',
    'an encoded slash in an id ends it',
    at('GET /users/{id}', (request, gateway) => gateway.send({ ...request, path: request.path.replace(/%2F.*/i, '') })),
    ['status-and-shape'],
  ],
  [
    'case-blind-ids',
    'protocol',
    'roles.get',
    'hard',
    'ids that differ in case name the same role',
    answers(
      'GET /roles/{id}',
      (answer) => answer.status === 404,
      async (answer, request, gateway) => {
        const authorization = await gateway.fullAuthorization();
        const id = decodeURIComponent(request.route.split('/').at(-1) ?? '');
        const all = await gateway.send({
          method: 'GET',
          path: '/api/v2/roles?per_page=100',
          headers: { authorization },
        });
        const list: readonly Json[] = Array.isArray(all.json) ? all.json : [];
        const same = list.find((role) => isObject(role) && String(role.id).toLowerCase() === id.toLowerCase());
        return same === undefined
          ? answer
          : gateway.send({ ...request, path: `/api/v2/roles/${String((same as JsonObject).id)}` });
      },
    ),
  ],
  [
    'twice-decoded-id',
    'protocol',
    'users.get',
    'hard',
    'ids are decoded twice',
    at('GET /users/{id}', (request, gateway) =>
      gateway.send({ ...request, path: request.path.replace(/%25([0-9A-Fa-f]{2})/g, '%$1') }),
    ),
  ],
  [
    'padded-id',
    'protocol',
    'roles.get',
    'hard',
    'spaces around an id are ignored',
    at('GET /roles/{id}', (request, gateway) =>
      gateway.send({ ...request, path: request.path.replace(/(%20)+$/, '') }),
    ),
  ],
  [
    'unknown-role-assigned',
    'status-and-shape',
    'users.roles.assign',
    'standard',
    'unknown roles are ignored',
    status('POST /users/{id}/roles', (answer, { json }) => answer.status === 404 && isObject(json), 204),
    ['state'],
  ],
  [
    'unknown-permission-added',
    'status-and-shape',
    'users.permissions.assign',
    'standard',
    'unknown permissions are ignored',
    status(
      'POST /users/{id}/permissions',
      (answer) =>
        refused(answer, {} as never) && [400, 404].includes(answer.status) && !answer.text.includes('invalid_body'),
      201,
      {},
    ),
    ['state', 'input'],
  ],
  [
    'duplicate-role-name',
    'status-and-shape',
    'roles.create',
    'standard',
    'a name that is taken is accepted',
    answers(
      'POST /roles',
      (answer) => answer.status === 409,
      (_answer, request, gateway) =>
        gateway.send({
          ...request,
          body: JSON.stringify({
            ...(request.json as JsonObject),
            name: `${String((request.json as JsonObject).name)} ${Math.random()}`,
          }),
        }),
    ),
  ],
  [
    'duplicate-organization',
    'status-and-shape',
    'organizations.create',
    'standard',
    'a name that is taken is accepted',
    answers(
      'POST /organizations',
      (answer) => answer.status === 409,
      (_answer, request, gateway) =>
        gateway.send({
          ...request,
          body: JSON.stringify({
            ...(request.json as JsonObject),
            name: `x${Date.now()}${String(Math.random()).slice(2, 8)}`,
          }),
        }),
    ),
  ],
];
