import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { answers, at, status } from '../breaks.js';
import type { Break, Planted } from '../fault.js';
import { jsonAnswer } from '../gateway.js';
import { also, below, listOf, own, remembered, sentList } from '../own-requests.js';

const family = 'state';
const idsOf = (list: readonly Json[]): readonly Json[] =>
  list.flatMap((entry) => (isObject(entry) ? [entry.id ?? entry.user_id ?? entry.client_id ?? ''] : []));
/** Keeps only a part of the list in the body. */
const only = (route: string, keep: (list: readonly Json[]) => readonly Json[]): Break =>
  at(route, async (request, gateway) => {
    const [name, list] = sentList(request);
    const kept = keep(list);
    const answer = await gateway.send(request);
    if (answer.status >= 300 || kept.length === list.length) return answer;
    const lost = list.filter((entry) => !kept.includes(entry));
    await own(gateway, 'DELETE', below(request), { [name]: lost });
    return answer;
  });
const refusal = (code: number, error: string, message: string) => ({ statusCode: code, error, message });

/** Faults of changes of several entries at once, and of repeated ones. */
export const bulkFaults: readonly Planted[] = [
  [
    'last-of-the-body-forgotten',
    family,
    'users.roles.assign',
    'standard',
    'the last one of several roles is not assigned',
    only('POST /users/{id}/roles', (list) => (list.length > 1 ? list.slice(0, -1) : list)),
    ['limits'],
  ],
  [
    'third-and-later-forgotten',
    family,
    'organizations.members.add',
    'hard',
    'of more than two members only two are added',
    only('POST /organizations/{id}/members', (list) => list.slice(0, 2)),
    ['limits'],
  ],
  [
    'batch-of-twenty',
    family,
    'users.roles.assign',
    'hard',
    'of more than 20 roles only 20 are assigned',
    only('POST /users/{id}/roles', (list) => list.slice(0, 20)),
    ['limits'],
  ],
  [
    'first-removed-only',
    family,
    'organizations.members.remove',
    'hard',
    'of several members only the first one is removed',
    at('DELETE /organizations/{id}/members', (request, gateway) => {
      const [name, list] = sentList(request);
      if (list.length < 2) return gateway.send(request);
      // A body that is not right is refused as before.
      return list.every((entry) => typeof entry === 'string' && entry !== '') && list.length <= 10
        ? gateway.send({ ...request, body: JSON.stringify({ [name]: list.slice(0, 1) }) })
        : gateway.send(request);
    }),
  ],
  [
    'added-before-the-unknown',
    family,
    'organizations.members.add',
    'standard',
    'members before an unknown one are added',
    answers(
      'POST /organizations/{id}/members',
      ({ status: code }) => code === 404,
      async (answer, request, gateway) => {
        const [name, list] = sentList(request);
        for (const entry of list) {
          const added = await own(gateway, 'POST', below(request), { [name]: [entry] });
          if (added.status >= 300) break;
        }
        return answer;
      },
    ),
    ['status-and-shape', 'input'],
  ],
  [
    'removed-before-the-unknown',
    family,
    'users.roles.remove',
    'standard',
    'known roles beside an unknown one are removed',
    answers(
      'DELETE /users/{id}/roles',
      ({ status: code }) => code === 404,
      async (answer, request, gateway) => {
        const [name, list] = sentList(request);
        for (const entry of list) await own(gateway, 'DELETE', below(request), { [name]: [entry] });
        return answer;
      },
    ),
    ['status-and-shape', 'input'],
  ],
  [
    'unknown-stops-removal',
    family,
    'roles.permissions.remove',
    'hard',
    'beside an unknown permission nothing is removed',
    at('DELETE /roles/{id}/permissions', async (request, gateway) => {
      const [, list] = sentList(request);
      const before = listOf(await own(gateway, 'GET', `${below(request)}?per_page=100`));
      const key = (entry: Json) =>
        isObject(entry) ? `${String(entry.resource_server_identifier)} ${String(entry.permission_name)}` : '';
      const known = before.map(key);
      const removed = list.filter((entry) => known.includes(key(entry)));
      const answer = await gateway.send(request);
      if (answer.status < 300 && removed.length > 0 && removed.length < list.length)
        await own(gateway, 'POST', below(request), { permissions: removed });
      return answer;
    }),
  ],
  [
    'unknown-client-ignored',
    'status-and-shape',
    'organizations.clients.add',
    'standard',
    'unknown clients are ignored',
    status('POST /organizations/{id}/clients', ({ status: code, text }) => code === 404 && /client/i.test(text), 204),
    ['state'],
  ],
  [
    'twice-in-a-body-crashes',
    'input',
    'users.roles.assign',
    'hard',
    'a role that is twice in the body is 500',
    at('POST /users/{id}/roles', async (request, gateway) => {
      const [, list] = sentList(request);
      const answer = await gateway.send(request);
      return new Set(list).size < list.length && answer.status < 300
        ? jsonAnswer(
            { ...answer, status: 500, headers: { ...answer.headers, 'content-type': 'application/json' } },
            refusal(500, 'Internal Server Error', 'duplicate key'),
          )
        : answer;
    }),
    ['state', 'limits', 'protocol', 'status-and-shape'],
  ],
  [
    'removed-again-is-404',
    family,
    'organizations.enabledConnections.remove',
    'standard',
    'a connection that is not enabled is 404',
    at('DELETE /organizations/{id}/enabled_connections/{connectionId}', async (request, gateway) => {
      const known = await own(gateway, 'GET', below(request));
      const answer = await gateway.send(request);
      return answer.status < 300 && known.status === 404
        ? jsonAnswer(
            { ...answer, status: 404, headers: { ...answer.headers, 'content-type': 'application/json' } },
            refusal(404, 'Not Found', 'No connection found by that id'),
          )
        : answer;
    }),
    ['status-and-shape', 'protocol'],
  ],
  [
    'removed-role-again-is-404',
    family,
    'users.roles.remove',
    'standard',
    'a role that the user does not have is 404',
    at('DELETE /users/{id}/roles', async (request, gateway) => {
      const before = idsOf(listOf(await own(gateway, 'GET', `${below(request)}?per_page=100`)));
      const answer = await gateway.send(request);
      const [, list] = sentList(request);
      if (answer.status >= 300 || list.every((entry) => before.includes(entry))) return answer;
      return jsonAnswer(
        { ...answer, status: 404, headers: { ...answer.headers, 'content-type': 'application/json' } },
        refusal(404, 'Not Found', 'The role does not exist.'),
      );
    }),
    ['status-and-shape', 'protocol'],
  ],
  [
    'quota-never-freed',
    'limits',
    'users.roles.assign',
    'hard',
    'removed roles count for the quota of 50',
    at('POST /users/{id}/roles', async (request, gateway) => {
      const answer = await gateway.send(request);
      const [, list] = sentList(request);
      if (answer.status >= 300) return answer;
      const ever = remembered(gateway, request.route, () => new Set<Json>());
      for (const entry of list) ever.add(entry);
      if (ever.size <= 50) return answer;
      return jsonAnswer(
        { ...answer, status: 400, headers: { ...answer.headers, 'content-type': 'application/json' } },
        refusal(400, 'Bad Request', 'No more roles can be assigned to this user.'),
      );
    }),
    ['state'],
  ],
  [
    'false-ignored-beside-true',
    family,
    'connections.clients.update',
    'hard',
    'a status of false is ignored',
    at('PATCH /connections/{id}/clients', (request, gateway) => {
      const list: readonly Json[] = Array.isArray(request.json) ? request.json : [];
      const kept = list.filter((entry) => !isObject(entry) || entry.status !== false);
      return kept.length === list.length || kept.length === 0
        ? gateway.send(request)
        : gateway.send({ ...request, body: JSON.stringify(kept) });
    }),
  ],
  [
    'false-does-nothing',
    family,
    'connections.clients.update',
    'standard',
    'a client with a status of false stays enabled',
    also('PATCH /connections/{id}/clients', async (request, gateway) => {
      const list: readonly Json[] = Array.isArray(request.json) ? request.json : [];
      const again = list.flatMap((entry) =>
        isObject(entry) && entry.status === false ? [{ ...entry, status: true }] : [],
      );
      if (again.length > 0) await own(gateway, 'PATCH', below(request), again);
    }),
    ['protocol'],
  ],
];
