import type { TargetResponse } from '../../conformance/target/exchange.js';
import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { answers, succeeded } from '../breaks.js';
import type { Planted } from '../fault.js';
import {
  also,
  around,
  below,
  each,
  listOf,
  outlives,
  own,
  remembered,
  segment,
  sentList,
  withList,
} from '../own-requests.js';

const family = 'state';

/** Faults of what follows from a change elsewhere: what stays that should go, and what goes that should stay. */
export const cascadeFaults: readonly Planted[] = [
  [
    'deleted-role-of-members',
    family,
    'roles.delete',
    'hard',
    'a deleted role stays with members of organizations',
    outlives(
      'DELETE /roles/{id}',
      'GET /organizations/{id}/members/{user_id}/roles',
      (role, deleted) => role.id === deleted,
    ),
  ],
  [
    'deleted-user-of-roles',
    family,
    'users.delete',
    'hard',
    'a deleted user is still listed with the roles',
    outlives('DELETE /users/{id}', 'GET /roles/{id}/users', (user, deleted) => user.user_id === deleted),
  ],
  [
    'deleted-user-is-a-member',
    family,
    'users.delete',
    'hard',
    'a deleted user stays a member of organizations',
    outlives('DELETE /users/{id}', 'GET /organizations/{id}/members', (user, deleted) => user.user_id === deleted),
  ],
  [
    'deleted-organization-of-users',
    family,
    'organizations.delete',
    'hard',
    'a deleted organization is still listed with its members',
    outlives('DELETE /organizations/{id}', 'GET /users/{id}/organizations', (entry, deleted) => entry.id === deleted),
  ],
  [
    'grants-outlive-their-api',
    family,
    'resourceServers.delete',
    'hard',
    'client grants stay when their API is deleted',
    outlives(
      'DELETE /resource-servers/{id}',
      'GET /client-grants',
      (grant) => !String(grant.audience).includes('/api/v2/'),
    ),
  ],
  [
    'grants-outlive-their-client',
    family,
    'clients.delete',
    'hard',
    'client grants stay when their client is deleted',
    outlives('DELETE /clients/{id}', 'GET /client-grants', (grant, deleted) => grant.client_id === deleted),
  ],
  [
    'links-outlive-their-connection',
    family,
    'connections.delete',
    'hard',
    'a deleted connection stays enabled for organizations',
    outlives(
      'DELETE /connections/{id}',
      'GET /organizations/{id}/enabled_connections',
      (link, deleted) => link.connection_id === deleted,
    ),
  ],
  [
    'deleted-client-of-organizations',
    family,
    'clients.delete',
    'hard',
    'a deleted client is still listed with its organizations',
    outlives(
      'DELETE /clients/{id}',
      'GET /organizations/{id}/clients',
      (client, deleted) => client.client_id === deleted,
    ),
  ],
  [
    'permissions-outlive-their-api',
    family,
    'resourceServers.delete',
    'hard',
    'permissions of a deleted API stay with the roles',
    outlives('DELETE /resource-servers/{id}', 'GET /roles/{id}/permissions', () => true),
  ],
  [
    'permissions-outlive-their-scope',
    family,
    'resourceServers.update',
    'hard',
    'a permission that the API no longer has stays with the roles',
    each(
      [
        'PATCH /resource-servers/{id}',
        also('PATCH /resource-servers/{id}', (_request, { memory }) => memory.set('updated', true)),
      ],
      [
        'GET /roles/{id}/permissions',
        answers('GET /roles/{id}/permissions', succeeded, (answer, request, gateway) => {
          const kept = remembered(gateway, 'kept', () => new Map<string, readonly Json[]>());
          const list = listOf(answer);
          const before = kept.get(request.path) ?? [];
          if (gateway.memory.get('updated') === true && before.length > list.length) return withList(answer, before);
          kept.set(request.path, list);
          return answer;
        }),
      ],
    ),
  ],
  [
    'member-roles-outlive-membership',
    family,
    'organizations.members.remove',
    'hard',
    'a member who was removed and added again has the former roles',
    around(
      'DELETE /organizations/{id}/members',
      async (request, gateway) => {
        const [, members] = sentList(request);
        const seen: [string, Json[]][] = [];
        for (const member of members) {
          const path = `${below(request)}/${encodeURIComponent(String(member))}/roles`;
          const roles = listOf(await own(gateway, 'GET', path)).flatMap((role) =>
            isObject(role) ? [role.id ?? ''] : [],
          );
          if (roles.length > 0) seen.push([path, roles]);
        }
        return seen;
      },
      async (seen, _request, gateway) => {
        for (const [path, roles] of seen) await own(gateway, 'POST', path, { roles });
      },
    ),
  ],
  [
    'user-roles-removed-from-members',
    family,
    'users.roles.remove',
    'hard',
    'removing a role of a user also removes it from the user as a member',
    also('DELETE /users/{id}/roles', async (request, gateway) => {
      const [, roles] = sentList(request);
      const organizations = listOf(await own(gateway, 'GET', `/users/${segment(request, 1)}/organizations`));
      for (const entry of organizations)
        if (isObject(entry))
          await own(gateway, 'DELETE', `/organizations/${String(entry.id)}/members/${segment(request, 1)}/roles`, {
            roles,
          });
    }),
  ],
  [
    'member-removed-everywhere',
    family,
    'organizations.members.remove',
    'hard',
    'a member is removed from all organizations',
    also('DELETE /organizations/{id}/members', async (request, gateway) => {
      const [, members] = sentList(request);
      for (const member of members) {
        const path = `/users/${encodeURIComponent(String(member))}/organizations`;
        for (const entry of listOf(await own(gateway, 'GET', path)))
          if (isObject(entry))
            await own(gateway, 'DELETE', `/organizations/${String(entry.id)}/members`, { members: [member] });
      }
    }),
  ],
  [
    'same-name-of-another-api',
    family,
    'roles.permissions.remove',
    'hard',
    'a permission is removed with those of the same name of other APIs',
    also('DELETE /roles/{id}/permissions', async (request, gateway) => {
      const [, permissions] = sentList(request);
      const names = permissions.map((entry) => (isObject(entry) ? entry.permission_name : undefined));
      const others = listOf(await own(gateway, 'GET', below(request))).flatMap((entry) =>
        isObject(entry) && names.includes(entry.permission_name)
          ? [
              {
                resource_server_identifier: entry.resource_server_identifier ?? '',
                permission_name: entry.permission_name ?? '',
              },
            ]
          : [],
      );
      if (others.length > 0) await own(gateway, 'DELETE', below(request), { permissions: others });
    }),
  ],
  [
    'all-roles-removed',
    family,
    'users.roles.remove',
    'standard',
    'removing one role removes all',
    also('DELETE /users/{id}/roles', async (request, gateway) => {
      const roles = listOf(await own(gateway, 'GET', below(request))).flatMap((role) =>
        isObject(role) ? [role.id ?? ''] : [],
      );
      if (roles.length > 0) await own(gateway, 'DELETE', below(request), { roles });
    }),
    ['protocol'],
  ],
  [
    'listed-after-deletion',
    family,
    'clients.delete',
    'hard',
    'a deleted client is still listed',
    outlives('DELETE /clients/{id}', 'GET /clients', (client, deleted) => client.client_id === deleted),
  ],
  [
    'found-by-email-after-deletion',
    family,
    'users.delete',
    'hard',
    'a deleted user is still found by email',
    outlives('DELETE /users/{id}', 'GET /users-by-email', (user, deleted) => user.user_id === deleted),
  ],
  [
    'found-by-former-name',
    family,
    'organizations.update',
    'hard',
    'an organization is found by its former name, too',
    each(
      [
        'PATCH /organizations/{id}',
        around(
          'PATCH /organizations/{id}',
          (request, gateway) => own(gateway, 'GET', below(request)),
          (before, request, { memory }) =>
            isObject(before.json) && memory.set(String(before.json.name), segment(request, 1)),
        ),
      ],
      [
        'GET /organizations/name/{name}',
        answers(
          'GET /organizations/name/{name}',
          ({ status }) => status === 404,
          (answer, request, gateway) => {
            const id = gateway.memory.get(segment(request, 2));
            return id === undefined
              ? answer
              : gateway.send({ ...request, path: `/api/v2/organizations/${String(id)}` });
          },
        ),
      ],
    ),
  ],
  [
    'listing-shows-former-values',
    family,
    'roles.list',
    'hard',
    'the listing shows roles as they were when it first showed them',
    answers('GET /roles', succeeded, (answer, _request, gateway) => {
      const first = remembered(gateway, 'first', () => new Map<Json, Json>());
      return withList(
        answer,
        listOf(answer).map((role) => {
          const id = isObject(role) ? (role.id ?? '') : '';
          if (!first.has(id)) first.set(id, role);
          return first.get(id) ?? role;
        }),
      );
    }),
    ['status-and-shape'],
  ],
  [
    'permission-shows-former-description',
    family,
    'roles.permissions.list',
    'hard',
    'a permission has the description of when it was first listed',
    answers('GET /roles/{id}/permissions', succeeded, (answer, _request, gateway) => {
      const first = remembered(gateway, 'first', () => new Map<string, Json>());
      return withList(
        answer,
        listOf(answer).map((entry) => {
          if (!isObject(entry)) return entry;
          const key = `${String(entry.resource_server_identifier)} ${String(entry.permission_name)}`;
          if (!first.has(key)) first.set(key, entry.description ?? '');
          return { ...entry, description: first.get(key) ?? '' };
        }),
      );
    }),
  ],
  [
    'api-name-is-its-identifier',
    family,
    'users.permissions.list',
    'hard',
    'resource_server_name is the identifier',
    answers('GET /users/{id}/permissions', succeeded, (answer) =>
      withList(
        answer,
        listOf(answer).map((entry) =>
          isObject(entry) ? { ...entry, resource_server_name: entry.resource_server_identifier ?? '' } : entry,
        ),
      ),
    ),
    ['status-and-shape'],
  ],
  [
    'sources-without-roles',
    family,
    'users.permissions.list',
    'hard',
    'permissions from roles are listed as assigned directly',
    answers('GET /users/{id}/permissions', succeeded, (answer) =>
      withList(
        answer,
        listOf(answer).map((entry) =>
          isObject(entry) ? { ...entry, sources: [{ source_id: '', source_name: '', source_type: 'DIRECT' }] } : entry,
        ),
      ),
    ),
    ['status-and-shape'],
  ],
  [
    'permissions-of-roles-missing',
    family,
    'users.permissions.list',
    'standard',
    'permissions that come from roles alone are not listed',
    answers('GET /users/{id}/permissions', succeeded, (answer) =>
      withList(
        answer,
        listOf(answer).filter(
          (entry) =>
            isObject(entry) &&
            Array.isArray(entry.sources) &&
            entry.sources.some((source: Json) => isObject(source) && source.source_type === 'DIRECT'),
        ),
      ),
    ),
  ],
  [
    'shared-roles-of-members',
    family,
    'organizations.members.roles.list',
    'hard',
    'the roles of a user are listed with those of the member',
    answers('GET /organizations/{id}/members/{user_id}/roles', succeeded, async (answer, request, gateway) => {
      const list = listOf(answer);
      const ids = list.map((role) => (isObject(role) ? role.id : undefined));
      const more = listOf(await own(gateway, 'GET', `/users/${segment(request, 3)}/roles`));
      return withList(answer, [...list, ...more.filter((role) => isObject(role) && !ids.includes(role.id))]);
    }),
  ],
  [
    'grant-still-gives-tokens',
    family,
    'clientGrants.delete',
    'hard',
    'the token endpoint still issues tokens for a deleted grant',
    async (request, gateway) => {
      const answer = await gateway.send(request);
      if (request.route !== '/oauth/token' || !isObject(request.json)) return answer;
      const key = `${String(request.json.client_id)} ${String(request.json.audience)}`;
      if (answer.status === 200) gateway.memory.set(key, answer);
      const known = gateway.memory.get(key);
      return answer.status === 403 && known !== undefined ? (known as TargetResponse) : answer;
    },
  ],
  [
    'tokens-keep-former-scopes',
    family,
    'clientGrants.update',
    'hard',
    'tokens have the scopes that the grant had first',
    async (request, gateway) => {
      if (request.route !== '/oauth/token' || !isObject(request.json)) return gateway.send(request);
      const key = `${String(request.json.client_id)} ${String(request.json.audience)}`;
      const known = gateway.memory.get(key);
      if (known !== undefined) return known as TargetResponse;
      const answer = await gateway.send(request);
      if (answer.status === 200) gateway.memory.set(key, answer);
      return answer;
    },
  ],
];
