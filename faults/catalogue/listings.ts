import { at, lists, totals } from '../breaks.js';
import type { Passing, Planted } from '../fault.js';

const family = 'state';
const isLater = (_answer: unknown, { query }: Passing) => Number(query.get('page') ?? 0) > 0;
const hasTotals = (_answer: unknown, { query }: Passing) => query.get('include_totals') === 'true';

/** Faults of listings: their entries, totals, pages, filters and fields. */
export const listingFaults: readonly Planted[] = [
  [
    'repeated-entry',
    family,
    'users.roles.list',
    'standard',
    'the first role is listed twice',
    lists('GET /users/{id}/roles', (list) => [...list.slice(0, 1), ...list]),
  ],
  [
    'last-entry-missing',
    family,
    'users.roles.list',
    'standard',
    'the last role is not listed',
    lists('GET /users/{id}/roles', (list) => list.slice(0, -1)),
  ],
  [
    'members-without-last',
    family,
    'organizations.members.list',
    'standard',
    'the last member is not listed',
    lists('GET /organizations/{id}/members', (list) => list.slice(0, -1)),
    ['limits'],
  ],
  [
    'total-off-by-one',
    family,
    'users.roles.list',
    'standard',
    'total is one too high',
    totals('GET /users/{id}/roles', 'total', (value) => value + 1),
  ],
  [
    'total-capped',
    family,
    'roles.list',
    'hard',
    'total is ten at most',
    totals('GET /roles', 'total', (value) => Math.min(10, value)),
  ],
  [
    'total-later-zero',
    family,
    'users.list',
    'hard',
    'total is 0 on later pages',
    totals('GET /users', 'total', (value, { query }) => (Number(query.get('page') ?? 0) > 0 ? 0 : value)),
  ],
  [
    'start-is-the-page',
    family,
    'roles.list',
    'hard',
    'start is the number of the page',
    totals('GET /roles', 'start', (_value, { query }) => Number(query.get('page') ?? 0)),
  ],
  [
    'page-gap',
    family,
    'users.roles.list',
    'hard',
    'later pages lack their first entry',
    lists('GET /users/{id}/roles', (list) => list.slice(1), isLater),
  ],
  [
    'page-gap-in-users',
    family,
    'users.list',
    'hard',
    'later pages lack their first entry',
    lists('GET /users', (list) => list.slice(1), isLater),
  ],
  [
    'short-with-totals',
    family,
    'organizations.members.list',
    'hard',
    'the last entry is missing where totals are included',
    lists('GET /organizations/{id}/members', (list) => list.slice(0, -1), hasTotals),
  ],
  [
    'same-page-twice',
    family,
    'roles.list',
    'hard',
    'every page is the first',
    at('GET /roles', (request, gateway) =>
      gateway.send({ ...request, path: request.path.replace(/([?&]page=)\d+/, '$10') }),
    ),
    ['limits', 'client'],
  ],
  [
    'filter-ignored',
    family,
    'roles.list',
    'standard',
    'name_filter is ignored',
    at('GET /roles', (request, gateway) =>
      gateway.send({ ...request, path: request.path.replace(/name_filter=[^&]*/, '') }),
    ),
    ['status-and-shape'],
  ],
  [
    'fields-ignored',
    family,
    'users.get',
    'standard',
    'fields is ignored',
    at('GET /users/{id}', (request, gateway) =>
      gateway.send({ ...request, path: request.path.replace(/([?&])fields=[^&]*&?/, '$1') }),
    ),
  ],
  [
    'fields-inverted',
    family,
    'users.list',
    'standard',
    'include_fields is taken the other way round',
    at('GET /users', (request, gateway) =>
      gateway.send({
        ...request,
        path: request.path.replace(
          /include_fields=(true|false)/,
          (_all, flag: string) => `include_fields=${flag === 'true' ? 'false' : 'true'}`,
        ),
      }),
    ),
  ],
];
