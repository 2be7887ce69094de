import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import {
  answers,
  at,
  bodies,
  cachedFor,
  entries,
  keepsDeleted,
  lists,
  losesParallel,
  oneIn,
  succeeded,
  undoes,
} from '../breaks.js';
import type { Passing, Planted } from '../fault.js';
import { jsonAnswer } from '../gateway.js';

const family = 'state';
const inverse = (request: Passing, change: (list: readonly Json[]) => readonly Json[] = (list) => list) => {
  const [name = '', list] = Object.entries(isObject(request.json) ? request.json : {})[0] ?? [];
  return { ...request, method: 'DELETE', body: JSON.stringify({ [name]: change(Array.isArray(list) ? list : []) }) };
};
const text = (change: (value: string) => string) => (body: JsonObject) =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]): [string, Json] => [
      name,
      typeof value === 'string' ? change(value) : value,
    ]),
  );

/** Faults of what a server remembers. */
export const stateFaults: readonly Planted[] = [
  [
    'assign-does-nothing',
    family,
    'users.roles.assign',
    'standard',
    'roles are not assigned',
    undoes('POST /users/{id}/roles', (request) => inverse(request)),
  ],
  [
    'second-role-forgotten',
    family,
    'users.roles.assign',
    'standard',
    'only the first role is assigned',
    undoes('POST /users/{id}/roles', (request) => inverse(request, (list) => list.slice(1))),
  ],
  [
    'member-roles-forgotten',
    family,
    'organizations.members.roles.assign',
    'standard',
    'only the first role is assigned',
    undoes('POST /organizations/{id}/members/{user_id}/roles', (request) => inverse(request, (list) => list.slice(1))),
  ],
  [
    'members-forgotten',
    family,
    'organizations.members.add',
    'standard',
    'only the first member is added',
    undoes('POST /organizations/{id}/members', (request) => inverse(request, (list) => list.slice(1))),
  ],
  [
    'permissions-forgotten',
    family,
    'users.permissions.assign',
    'standard',
    'permissions are not assigned',
    undoes('POST /users/{id}/permissions', (request) => inverse(request)),
  ],
  [
    'remove-does-nothing',
    family,
    'users.roles.remove',
    'standard',
    'roles are not removed',
    undoes('DELETE /users/{id}/roles', (request) => ({ ...request, method: 'POST' })),
    ['protocol'],
  ],
  [
    'permission-stays',
    family,
    'roles.permissions.remove',
    'standard',
    'permissions are not removed',
    undoes('DELETE /roles/{id}/permissions', (request) => ({ ...request, method: 'POST' })),
    ['protocol'],
  ],
  [
    'user-stays',
    family,
    'users.delete',
    'standard',
    'users are not deleted',
    keepsDeleted('DELETE /users/{id}', 204),
    ['status-and-shape'],
  ],
  [
    'role-stays',
    family,
    'roles.delete',
    'standard',
    'roles are not deleted',
    keepsDeleted('DELETE /roles/{id}', 200, {}),
    ['status-and-shape'],
  ],
  [
    'update-resets',
    family,
    'roles.update',
    'standard',
    'an update resets what it does not name',
    bodies('PATCH /roles/{id}', (body) => ({ description: '', ...body })),
  ],
  [
    'update-is-ignored',
    family,
    'roles.update',
    'standard',
    'an update stores nothing',
    at('PATCH /roles/{id}', async (request, gateway) => {
      const authorization = await gateway.fullAuthorization();
      const { body: _body, ...read } = request;
      const before = await gateway.send({ ...read, method: 'GET', headers: { authorization } });
      const answer = await gateway.send(request);
      if (answer.status !== 200 || !isObject(before.json)) return answer;
      const { name = '', description = '' } = before.json;
      await gateway.send({
        ...request,
        headers: { ...request.headers, authorization },
        body: JSON.stringify({ name, description }),
      });
      return answer;
    }),
  ],
  [
    'names-in-lower-case',
    family,
    'roles.create',
    'standard',
    'names are stored in lower case',
    bodies(
      'POST /roles',
      text((value) => value.toLowerCase()),
    ),
    ['input'],
  ],
  [
    'texts-trimmed',
    family,
    'roles.update',
    'hard',
    'texts are trimmed',
    bodies(
      'PATCH /roles/{id}',
      text((value) => value.trim()),
    ),
  ],
  [
    'texts-truncated',
    family,
    'roles.update',
    'hard',
    'texts are cut at 255 characters',
    bodies(
      'PATCH /roles/{id}',
      text((value) => value.slice(0, 255)),
    ),
  ],
  [
    'texts-normalised',
    family,
    'roles.update',
    'hard',
    'texts are normalised',
    bodies(
      'PATCH /roles/{id}',
      text((value) => value.normalize('NFD')),
    ),
  ],
  [
    'null-text',
    family,
    'roles.update',
    'hard',
    'the text null is taken for nothing',
    bodies(
      'PATCH /roles/{id}',
      text((value) => (value === 'null' ? '' : value)),
    ),
  ],
  [
    'partly-assigned',
    family,
    'users.roles.assign',
    'standard',
    'known roles beside an unknown one are assigned',
    answers(
      'POST /users/{id}/roles',
      ({ status: code }) => code === 404 || code === 400,
      async (answer, request, gateway) => {
        const roles = isObject(request.json) && Array.isArray(request.json.roles) ? request.json.roles : [];
        if (roles.length < 2) return answer;
        for (const role of roles) await gateway.send({ ...request, body: JSON.stringify({ roles: [role] }) });
        return answer;
      },
    ),
    ['status-and-shape', 'input'],
  ],
  [
    'refused-but-assigned',
    family,
    'users.roles.assign',
    'standard',
    'roles are assigned before scopes are checked',
    answers(
      'POST /users/{id}/roles',
      ({ status: code }) => code === 403,
      async (answer, request, gateway) => {
        await gateway.send({
          ...request,
          headers: { ...request.headers, authorization: await gateway.fullAuthorization() },
        });
        return answer;
      },
    ),
    ['scopes', 'authentication'],
  ],
  [
    'deleted-role-listed',
    family,
    'roles.delete',
    'hard',
    'a deleted role stays with its users',
    async (request, gateway) => {
      if (request.method === 'DELETE' && /^\/api\/v2\/roles\/[^/]+$/.test(request.route))
        gateway.memory.set(`gone ${request.route.split('/').at(-1)}`, true);
      const isRead = request.method === 'GET' && /^\/api\/v2\/users\/[^/]+\/roles$/.test(request.route);
      const kept = (gateway.memory.get('kept') ?? new Map()) as Map<string, Json[]>;
      gateway.memory.set('kept', kept);
      const before = [...kept].flatMap(([key, list]) => (key === request.route ? list : []));
      const answer = await gateway.send(request);
      if (!isRead || !Array.isArray(answer.json)) return answer;
      const ids = answer.json.map((role) => (isObject(role) ? role.id : undefined));
      const lost = before.filter(
        (role) => isObject(role) && !ids.includes(role.id) && gateway.memory.has(`gone ${String(role.id)}`),
      );
      kept.set(request.route, [...answer.json, ...lost]);
      return jsonAnswer(answer, [...answer.json, ...lost]);
    },
  ],
  [
    'stale-after-update',
    family,
    'roles.get',
    'hard',
    'a role is cached for one read',
    cachedFor(1, 'GET /roles/{id}'),
    ['status-and-shape', 'scopes', 'authentication', 'client'],
  ],
  [
    'stale-user',
    family,
    'users.get',
    'hard',
    'a user is cached for one read',
    cachedFor(1, 'GET /users/{id}'),
    ['status-and-shape', 'scopes', 'authentication', 'client'],
  ],
  [
    'stale-listing',
    family,
    'users.roles.list',
    'hard',
    'a listing is cached for two reads',
    cachedFor(2, 'GET /users/{id}/roles'),
    ['status-and-shape', 'client', 'limits'],
  ],
  [
    'stale-members',
    family,
    'roles.permissions.list',
    'hard',
    'a listing is cached for two reads',
    cachedFor(2, 'GET /roles/{id}/permissions'),
    ['status-and-shape', 'client', 'limits'],
  ],
  [
    'lost-update',
    family,
    'users.roles.assign',
    'hard',
    'of two assignments at once one is lost',
    losesParallel('POST /users/{id}/roles', 204),
  ],
  [
    'lost-permission',
    family,
    'users.permissions.assign',
    'hard',
    'of two assignments at once one is lost',
    losesParallel('POST /users/{id}/permissions', 201),
  ],
  [
    'lost-member',
    family,
    'organizations.members.add',
    'hard',
    'of two additions at once one is lost',
    losesParallel('POST /organizations/{id}/members', 204),
  ],
  [
    'sometimes-lost',
    family,
    'users.roles.assign',
    'hard',
    'one assignment in ten does nothing',
    oneIn(
      10,
      'POST /users/{id}/roles',
      undoes('POST /users/{id}/roles', (request) => inverse(request)),
    ),
  ],
  [
    'sometimes-empty',
    family,
    'users.roles.list',
    'hard',
    'one listing in ten is empty',
    oneIn(
      10,
      'GET /users/{id}/roles',
      lists('GET /users/{id}/roles', () => []),
    ),
  ],
  [
    'created-name-lost',
    family,
    'organizations.create',
    'standard',
    'display_name is not stored',
    bodies('POST /organizations', ({ display_name: _name, ...body }) => body),
    ['input'],
  ],
  [
    'metadata-lost',
    family,
    'users.update',
    'standard',
    'user_metadata is not stored',
    bodies('PATCH /users/{id}', ({ user_metadata: _metadata, ...body }) =>
      Object.keys(body).length > 0 ? body : { user_metadata: {} },
    ),
    ['status-and-shape'],
  ],
  [
    'given-name-changed',
    family,
    'users.update',
    'standard',
    'an update sets given_name',
    bodies('PATCH /users/{id}', (body) => ({ given_name: 'Ada', ...body })),
    ['status-and-shape'],
  ],
  [
    'other-name-shown',
    family,
    'organizations.get',
    'standard',
    'another display_name is shown',
    answers('GET /organizations/{id}', succeeded, (answer) =>
      jsonAnswer(answer, { ...(answer.json as JsonObject), display_name: 'Acme' }),
    ),
    ['status-and-shape'],
  ],
  [
    'role-of-another',
    family,
    'roles.get',
    'standard',
    'the description is always the same',
    entries('GET /roles/{id}', (role) => ({ ...role, description: 'a role' })),
    ['status-and-shape'],
  ],
];
