import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { answers, at, lists, succeeded, totals } from '../breaks.js';
import type { Planted } from '../fault.js';
import { jsonAnswer } from '../gateway.js';
import { listOf, own, queries, withList } from '../own-requests.js';

const family = 'state';
const nameOf = (entry: Json): string => (isObject(entry) ? String(entry.name) : '');

/** Faults of filters, fields, sort orders and totals, most of which only show together. */
export const queryFaults: readonly Planted[] = [
  [
    'second-filter-ignored',
    family,
    'clients.list',
    'hard',
    'of two filters only one is applied',
    queries('GET /clients', (query) => query.has('is_first_party') && query.delete('app_type')),
  ],
  [
    'filter-after-paging',
    family,
    'roles.list',
    'hard',
    'name_filter selects from the page, not from all roles',
    at('GET /roles', async (request, gateway) => {
      const filter = request.query.get('name_filter');
      const answer = await gateway.send(request);
      if (filter === null || answer.status !== 200) return answer;
      const query = new URLSearchParams(request.query);
      query.delete('name_filter');
      const page = listOf(await gateway.send({ ...request, path: `${request.route}?${query}` }));
      return withList(
        answer,
        page.filter((role) => nameOf(role).toLowerCase().includes(filter.toLowerCase())),
      );
    }),
  ],
  [
    'total-without-filter',
    family,
    'roles.list',
    'hard',
    'total counts all roles, although name_filter selects some',
    answers('GET /roles', succeeded, async (answer, request, gateway) => {
      if (!isObject(answer.json) || !request.query.has('name_filter')) return answer;
      const all = await own(gateway, 'GET', '/roles?include_totals=true');
      return jsonAnswer(answer, { ...answer.json, total: isObject(all.json) ? (all.json.total ?? 0) : 0 });
    }),
  ],
  [
    'filter-by-case',
    family,
    'roles.list',
    'standard',
    'name_filter does not ignore case',
    lists(
      'GET /roles',
      (list, { query }) => list.filter((role) => nameOf(role).includes(query.get('name_filter') ?? '')),
      (_answer, { query }) => query.has('name_filter'),
    ),
  ],
  [
    'filter-is-a-prefix',
    family,
    'roles.list',
    'standard',
    'name_filter selects names that begin with it, not those that contain it',
    lists(
      'GET /roles',
      (list, { query }) =>
        list.filter((role) =>
          nameOf(role)
            .toLowerCase()
            .startsWith((query.get('name_filter') ?? '').toLowerCase()),
        ),
      (_answer, { query }) => query.has('name_filter'),
    ),
  ],
  [
    'filter-with-wildcards',
    family,
    'roles.list',
    'hard',
    'a percent sign or an underscore in name_filter stands for any text',
    at('GET /roles', async (request, gateway) => {
      const filter = request.query.get('name_filter') ?? '';
      const answer = await gateway.send(request);
      if (!/[%_]/.test(filter) || answer.status !== 200) return answer;
      const like = filter
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replaceAll('%', '.*')
        .replaceAll('_', '.');
      const all = listOf(await own(gateway, 'GET', '/roles?per_page=100'));
      return withList(
        answer,
        all.filter((role) => new RegExp(like, 'i').test(nameOf(role))),
      );
    }),
  ],
  [
    'email-is-a-prefix',
    family,
    'users.listByEmail',
    'hard',
    'users whose email begins with the text are found',
    answers('GET /users-by-email', succeeded, async (answer, request, gateway) => {
      const email = request.query.get('email') ?? '';
      if (listOf(answer).length > 0 || email === '') return answer;
      const all = listOf(await own(gateway, 'GET', '/users?per_page=100'));
      return withList(
        answer,
        all.filter((user) => isObject(user) && String(user.email ?? '').startsWith(email)),
      );
    }),
  ],
  [
    'false-is-no-filter',
    family,
    'organizations.connections.list',
    'hard',
    'is_enabled=false selects all',
    queries(
      'GET /organizations/{id}/connections',
      (query) => query.get('is_enabled') === 'false' && query.delete('is_enabled'),
    ),
    ['status-and-shape'],
  ],
  [
    'false-party-is-no-filter',
    family,
    'clients.list',
    'standard',
    'is_first_party=false selects all',
    queries('GET /clients', (query) => query.get('is_first_party') === 'false' && query.delete('is_first_party')),
    ['status-and-shape'],
  ],
  [
    'one-of-several-values',
    family,
    'clients.list',
    'hard',
    'of several values of app_type only the first one counts',
    queries(
      'GET /clients',
      (query) => query.has('app_type') && query.set('app_type', (query.get('app_type') ?? '').split(',')[0] ?? ''),
    ),
  ],
  [
    'one-of-several-identifiers',
    family,
    'resourceServers.list',
    'hard',
    'of several identifiers only the first one counts',
    queries('GET /resource-servers', (query) => {
      const [first] = query.getAll('identifiers');
      if (first !== undefined) query.set('identifiers', first.split(',')[0] ?? '');
    }),
    ['input'],
  ],
  [
    'filter-lost-on-later-pages',
    family,
    'clientGrants.list',
    'hard',
    'pages after the first ignore audience',
    queries('GET /client-grants', (query) => Number(query.get('page') ?? 0) > 0 && query.delete('audience')),
  ],
  [
    'filter-lost-with-cursor',
    family,
    'clientGrants.list',
    'hard',
    'pages by cursor ignore client_id',
    queries('GET /client-grants', (query) => query.has('from') && query.delete('client_id')),
  ],
  [
    'totals-are-always-true',
    family,
    'roles.list',
    'standard',
    'include_totals=false is taken for true',
    queries('GET /roles', (query) => query.has('include_totals') && query.set('include_totals', 'true')),
    ['status-and-shape', 'limits'],
  ],
  [
    'only-one-field',
    family,
    'clients.get',
    'standard',
    'of several fields only the first one is returned',
    queries('GET /clients/{id}', (query) => {
      if (query.get('include_fields') !== 'false' && query.has('fields'))
        query.set('fields', (query.get('fields') ?? '').split(',')[0] ?? '');
    }),
    ['status-and-shape'],
  ],
  [
    'fields-lost-with-totals',
    family,
    'users.list',
    'hard',
    'fields is ignored where totals are included',
    queries('GET /users', (query) => query.get('include_totals') === 'true' && query.delete('fields')),
  ],
  [
    'sort-is-ascending',
    family,
    'organizations.list',
    'standard',
    'the direction of sort is ignored',
    queries(
      'GET /organizations',
      (query) => query.has('sort') && query.set('sort', (query.get('sort') ?? '').replace(':-1', ':1')),
    ),
  ],
  [
    'sort-of-the-page',
    family,
    'organizations.list',
    'hard',
    'sort orders each page by itself',
    at('GET /organizations', async (request, gateway) => {
      const sort = request.query.get('sort');
      const answer = await gateway.send(request);
      if (sort === null || answer.status !== 200) return answer;
      const query = new URLSearchParams(request.query);
      query.delete('sort');
      const [property = '', direction] = sort.split(':');
      const value = (entry: Json) => (isObject(entry) ? String(entry[property] ?? '') : '');
      const page = [...listOf(await gateway.send({ ...request, path: `${request.route}?${query}` }))];
      page.sort((a, b) => Number(direction) * (value(a) < value(b) ? -1 : 1));
      return withList(answer, page);
    }),
  ],
  [
    'total-of-the-page',
    family,
    'organizations.members.list',
    'standard',
    'total is the number of entries on the page',
    answers('GET /organizations/{id}/members', succeeded, (answer) =>
      isObject(answer.json) && 'total' in answer.json
        ? jsonAnswer(answer, { ...answer.json, total: listOf(answer).length })
        : answer,
    ),
  ],
  [
    'total-never-falls',
    family,
    'users.roles.list',
    'hard',
    'total does not fall when roles are removed',
    (request, gateway) =>
      totals('GET /users/{id}/roles', 'total', (value) => {
        const most = Math.max(value, Number(gateway.memory.get(request.route) ?? 0));
        gateway.memory.set(request.route, most);
        return most;
      })(request, gateway),
  ],
];
