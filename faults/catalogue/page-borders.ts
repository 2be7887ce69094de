import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { answers, at, lists, succeeded } from '../breaks.js';
import type { Planted } from '../fault.js';
import { jsonAnswer } from '../gateway.js';
import { listOf, own, remembered, withList } from '../own-requests.js';

const family = 'state';
const hasCursor = (_answer: unknown, { query }: { readonly query: URLSearchParams }) => query.has('from');

/** Faults at the borders of pages: entries lost or repeated there, cursors, and orders that change between pages. */
export const pageFaults: readonly Planted[] = [
  [
    'cursor-repeats-an-entry',
    family,
    'organizations.list',
    'hard',
    'a page by cursor begins with the last entry of the page before',
    answers('GET /organizations', succeeded, (answer, request, gateway) => {
      const last = remembered(gateway, 'last', () => new Map<string, Json>());
      const list = listOf(answer);
      const next = isObject(answer.json) ? answer.json.next : undefined;
      const end = list.at(-1);
      if (typeof next === 'string' && end !== undefined) last.set(next, end);
      const before = last.get(request.query.get('from') ?? '');
      return before === undefined ? answer : withList(answer, [before, ...list]);
    }),
    ['limits'],
  ],
  [
    'cursor-skips-an-entry',
    family,
    'roles.users.list',
    'hard',
    'a page by cursor lacks its first entry',
    lists('GET /roles/{id}/users', (list) => list.slice(1), hasCursor),
    ['limits'],
  ],
  [
    'members-cursor-skips-an-entry',
    family,
    'organizations.members.list',
    'hard',
    'a page by cursor lacks its first entry',
    lists('GET /organizations/{id}/members', (list) => list.slice(1), hasCursor),
    ['limits'],
  ],
  [
    'clients-cursor-skips-an-entry',
    family,
    'organizations.clients.list',
    'hard',
    'a page by cursor lacks its first entry',
    lists('GET /organizations/{id}/clients', (list) => list.slice(1), hasCursor),
    ['limits'],
  ],
  [
    'cursor-on-the-last-page',
    family,
    'clientGrants.list',
    'standard',
    'the last page has a cursor that leads to an empty page',
    answers('GET /client-grants', succeeded, (answer, { query }) => {
      if (!query.has('take') || !isObject(answer.json) || 'next' in answer.json) return answer;
      return jsonAnswer(answer, { ...answer.json, next: 'MjAyMy0wMy0xNA' });
    }),
    ['status-and-shape', 'limits'],
  ],
  [
    'cursor-ends-early',
    family,
    'organizations.list',
    'hard',
    'the second page by cursor has no cursor for the third',
    answers('GET /organizations', succeeded, (answer, { query }) => {
      if (!query.has('from') || !isObject(answer.json)) return answer;
      const { next: _next, ...rest } = answer.json;
      return jsonAnswer(answer, rest);
    }),
    ['limits'],
  ],
  [
    'order-changes-between-pages',
    family,
    'users.roles.list',
    'hard',
    'the order of odd pages is the reverse',
    at('GET /users/{id}/roles', async (request, gateway) => {
      const answer = await gateway.send(request);
      const page = Number(request.query.get('page') ?? 0);
      const size = Number(request.query.get('per_page') ?? 50);
      if (page % 2 === 0 || answer.status !== 200) return answer;
      const path = `${request.route.replace('/api/v2', '')}?per_page=100`;
      const all = [...listOf(await own(gateway, 'GET', path))].reverse();
      return withList(answer, all.slice(page * size, (page + 1) * size));
    }),
  ],
  [
    'hundredth-entry-lost',
    family,
    'roles.list',
    'hard',
    'a page of 100 has 99 entries',
    lists(
      'GET /roles',
      (list) => list.slice(0, 99),
      (_answer, { query }) => query.get('per_page') === '100',
    ),
    ['limits'],
  ],
  [
    'default-page-of-ten',
    'limits',
    'organizations.list',
    'hard',
    'without per_page, a page has ten entries',
    lists(
      'GET /organizations',
      (list) => list.slice(0, 10),
      (_answer, { query }) => !query.has('per_page') && !query.has('take'),
    ),
    ['state'],
  ],
];
