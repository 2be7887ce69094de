import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { answers, lists, status } from '../breaks.js';
import type { Planted } from '../fault.js';

/** Faults of limits and quotas. */
export const limitFaults: readonly Planted[] = [
  [
    'eleven-members',
    'limits',
    'organizations.members.add',
    'standard',
    'eleven members are accepted at once',
    answers(
      'POST /organizations/{id}/members',
      (answer, { json }) =>
        answer.status === 400 && isObject(json) && Array.isArray(json.members) && json.members.length === 11,
      async (_answer, request, gateway) => {
        const members = (request.json as { members: Json[] }).members;
        await gateway.send({ ...request, body: JSON.stringify({ members: members.slice(0, 10) }) });
        return gateway.send({ ...request, body: JSON.stringify({ members: members.slice(10) }) });
      },
    ),
    ['input'],
  ],
  [
    'nine-members',
    'limits',
    'organizations.members.add',
    'standard',
    'ten members are too many',
    status(
      'POST /organizations/{id}/members',
      (_answer, { json }) => isObject(json) && Array.isArray(json.members) && json.members.length === 10,
      400,
    ),
    ['status-and-shape'],
  ],
  [
    'page-of-ninety',
    'limits',
    'roles.list',
    'standard',
    'a page of one hundred is refused',
    status('GET /roles', (_answer, { query }) => Number(query.get('per_page')) > 90, 400),
    ['status-and-shape'],
  ],
  [
    'fifty-one-roles',
    'limits',
    'users.roles.assign',
    'standard',
    'the quota of roles is not enforced',
    status(
      'POST /users/{id}/roles',
      ({ status: code, text: body }) => code === 400 && /role/i.test(body) && !body.includes('invalid_body'),
      204,
    ),
  ],
  [
    'deep-pages',
    'limits',
    'users.list',
    'standard',
    'pages beyond 1000 records are empty',
    status('GET /users', ({ status: code }, { query }) => code === 400 && Number(query.get('page')) > 9, 200, []),
    ['input'],
  ],
  [
    'page-size-ignored',
    'limits',
    'users.list',
    'standard',
    'pages have one entry more than requested',
    lists(
      'GET /users',
      (list) => (list.length > 0 ? [...list, list[0] as Json] : list),
      (_answer, { query }) => query.has('per_page'),
    ),
    ['state'],
  ],
];
