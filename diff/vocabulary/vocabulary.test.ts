import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { joinPointer } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import { diffContracts } from '../diff-contracts.js';
import type { ChangeKind } from '../kinds.js';
import { changeText } from '../test-support/change-lines.js';
import { documentOf } from '../test-support/document.js';

const BASE: JsonObject = documentOf(
  {
    '/users/{id}/badges': {
      get: {
        operationId: 'users.badges.list',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'page', in: 'query', schema: { type: 'integer' }, 'x-query': 'page' },
        ],
        'x-effect': { list: 'user-badges', of: { user: 'id' }, as: 'badges', next: 'until-short' },
        responses: { '200': { description: 'Badges' }, '400': { description: 'Refused', 'x-problems': ['too-far'] } },
      },
      post: {
        operationId: 'users.badges.add',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        'x-effect': {
          add: 'user-badges',
          of: { user: 'id' },
          each: { badge: '/badges' },
          unknown: { badge: 'succeed' },
        },
        'x-evidence': { '': { grade: 'inferred', source: 'a guess' } },
        responses: {
          '204': { description: 'Added' },
          '404': { description: 'Unknown', 'x-problems': ['no-user'] },
          '409': { description: 'Full', 'x-problems': ['badges-full'] },
        },
      },
    },
  },
  {
    'x-rate-limit': {
      headers: { limit: 'x-limit', remaining: 'x-remaining', reset: 'x-reset' },
      problem: 'rate',
      plans: { free: { burst: 2, 'per-second': 2 }, paid: { burst: 10, 'per-second': 5 } },
    },
    components: {
      'x-resources': {
        user: { key: 'user_id', alias: ['email'], unique: [['email']] },
        badge: { key: 'id', limit: { max: 100 }, refers: { owner: 'user' } },
      },
      'x-relations': {
        'user-badges': { between: ['user', 'badge'], limits: [{ per: ['user'], max: 50, problem: 'badges-full' }] },
      },
      'x-problems': {
        'no-user': { when: { unknown: 'user' }, errorCode: 'inexistent_user', message: 'No user' },
        'badges-full': { when: { full: 'user-badges' }, message: 'Full' },
        'too-far': { when: { beyond: 1000 }, errorCode: 'paging' },
        rate: { when: 'rate', headers: { 'retry-after': '{seconds}' } },
      },
    },
  },
);

const PATH = '/paths/~1users~1{id}~1badges';
const ADD = `${PATH}/post`;
const LIST = `${PATH}/get`;
const PROBLEMS = '/components/x-problems';
const RELATION = '/components/x-relations/user-badges';
const RESOURCES = '/components/x-resources';
const RATE = '/x-rate-limit';

interface Case {
  readonly given: string;
  /** The pointer to change. */
  readonly at: string;
  /** The new value. Absent: the value is removed. */
  readonly to?: Json;
  readonly want: readonly ChangeKind[];
  /** The pointer of the first change, if it differs from `at`. */
  readonly pointer?: string;
}

const cases: readonly Case[] = [
  { given: 'a quota lowered', at: `${RELATION}/limits/0/max`, to: 40, want: ['quota-lowered'] },
  { given: 'a quota raised', at: `${RELATION}/limits/0/max`, to: 60, want: ['quota-raised'] },
  { given: 'a quota dropped', at: `${RELATION}/limits/0`, want: ['quota-removed'] },
  { given: 'a quota added', at: `${RELATION}/limits/1`, to: { per: ['badge'], max: 9 }, want: ['quota-added'] },
  { given: 'a disputed quota', at: `${RELATION}/limits/0/disputed`, to: 100, want: ['quota-disputed'] },
  { given: 'a cascade', at: `${RELATION}/follows`, to: 'other', want: ['cascade-changed'] },
  {
    given: 'a listing that includes more',
    at: `${RELATION}/shows`,
    to: [['other']],
    want: ['listing-shows-more'],
    pointer: `${RELATION}/shows/0`,
  },
  { given: 'other sides', at: `${RELATION}/between`, to: ['user', 'medal'], want: ['relation-sides-changed'] },
  { given: 'a resource limit lowered', at: `${RESOURCES}/badge/limit/max`, to: 10, want: ['quota-lowered'] },
  { given: 'another key', at: `${RESOURCES}/badge/key`, to: 'badge_id', want: ['resource-key-changed'] },
  { given: 'an alias removed', at: `${RESOURCES}/user/alias/0`, want: ['alias-removed'] },
  {
    given: 'a uniqueness added',
    at: `${RESOURCES}/badge/unique`,
    to: [['name']],
    want: ['uniqueness-added'],
    pointer: `${RESOURCES}/badge/unique/0`,
  },
  { given: 'a foreign key removed', at: `${RESOURCES}/badge/refers`, want: ['cascade-changed'] },
  { given: 'another kind of items', at: `${RESOURCES}/badge/kind`, to: 'owner.email', want: ['item-kind-changed'] },
  {
    given: 'items from the start',
    at: `${RESOURCES}/badge/initial`,
    to: [{ id: 'a' }],
    want: ['initial-items-changed'],
  },
  { given: 'an errorCode changed', at: `${PROBLEMS}/no-user/errorCode`, to: 'no_user', want: ['error-code-changed'] },
  { given: 'an errorCode removed', at: `${PROBLEMS}/no-user/errorCode`, want: ['error-code-removed'] },
  { given: 'an errorCode added', at: `${PROBLEMS}/badges-full/errorCode`, to: 'full', want: ['error-code-added'] },
  { given: 'a message', at: `${PROBLEMS}/no-user/message`, to: 'Nobody', want: ['problem-message-changed'] },
  {
    given: 'a page ceiling lowered',
    at: `${PROBLEMS}/too-far/when`,
    to: { beyond: 500 },
    want: ['page-ceiling-lowered'],
  },
  { given: 'another cause', at: `${PROBLEMS}/no-user/when`, to: { unknown: 'badge' }, want: ['problem-cause-changed'] },
  {
    given: 'a header of a problem removed',
    at: `${PROBLEMS}/rate/headers/retry-after`,
    want: ['problem-header-removed'],
  },
  {
    given: 'a cause added to an answer',
    at: `${ADD}/responses/404/x-problems/1`,
    to: 'too-far',
    want: ['problem-added'],
  },
  {
    given: 'a cause with an errorCode removed',
    at: `${ADD}/responses/404/x-problems`,
    want: ['problem-removed'],
    pointer: `${ADD}/responses/404/x-problems/0`,
  },
  {
    given: 'a cause without an errorCode removed',
    at: `${ADD}/responses/409/x-problems`,
    want: ['problem-removed'],
    pointer: `${ADD}/responses/409/x-problems/0`,
  },
  {
    given: 'a changed effect',
    at: `${ADD}/x-effect`,
    to: { remove: 'user-badges', of: { user: 'id' }, each: { badge: '/badges' }, unknown: { badge: 'succeed' } },
    want: ['effect-changed'],
    pointer: `${ADD}/x-effect`,
  },
  { given: 'an unknown id refused', at: `${ADD}/x-effect/unknown`, want: ['unknown-refused'] },
  { given: 'weaker consistency', at: `${LIST}/x-effect/consistency`, to: 'eventual', want: ['consistency-weakened'] },
  {
    given: 'another property of a listing',
    at: `${LIST}/x-effect/as`,
    to: 'items',
    want: ['listing-property-changed'],
  },
  { given: 'another end of a listing', at: `${LIST}/x-effect/next`, to: 'until-empty', want: ['listing-end-changed'] },
  { given: 'an effect removed', at: `${LIST}/x-effect`, want: ['effect-unsaid'] },
  {
    given: 'a parameter with another role',
    at: `${LIST}/parameters/1/x-query`,
    to: 'size',
    want: ['parameter-role-changed'],
  },
  { given: 'a listing by another property', at: `${LIST}/x-effect/by`, to: 'email', want: ['effect-changed'] },
  { given: 'a filter', at: `${LIST}/parameters/1/x-query`, want: ['parameter-role-said'] },
  { given: 'a remedy', at: `${PROBLEMS}/no-user/remedy`, to: 'Create the user.', want: ['problem-remedy-changed'] },
  {
    given: 'a page ceiling removed',
    at: `${PROBLEMS}/too-far/when`,
    to: { unknown: 'user' },
    want: ['problem-cause-changed'],
  },
  {
    given: 'another header of a problem',
    at: `${PROBLEMS}/rate/headers/retry-after`,
    to: '{minutes}',
    want: ['problem-header-changed'],
  },
  { given: 'another problem of a rate limit', at: `${RATE}/problem`, to: 'too-far', want: ['rate-problem-changed'] },
  { given: 'a plan added', at: `${RATE}/plans/large`, to: { burst: 50, 'per-second': 9 }, want: ['rate-plan-added'] },
  {
    given: 'a resource removed',
    at: `${RESOURCES}/badge`,
    want: ['resource-removed'],
  },
  {
    given: 'another problem of a quota',
    at: `${RELATION}/limits/0/problem`,
    to: 'too-far',
    want: ['quota-problem-changed'],
  },
  { given: 'a burst lowered', at: `${RATE}/plans/paid/burst`, to: 5, want: ['rate-lowered'] },
  { given: 'a rate raised', at: `${RATE}/plans/free/per-second`, to: 3, want: ['rate-raised'] },
  { given: 'a plan removed', at: `${RATE}/plans/paid`, want: ['rate-plan-removed'] },
  { given: 'a rate header renamed', at: `${RATE}/headers/reset`, to: 'x-again', want: ['rate-header-renamed'] },
  { given: 'the rate limit removed', at: RATE, want: ['rate-limit-removed'] },
  {
    given: 'a fact with better evidence',
    at: `${ADD}/x-evidence`,
    to: { '': { grade: 'recorded', source: 'the wire' } },
    want: ['evidence-changed'],
    pointer: ADD,
  },
];

const MORE: readonly Case[] = [
  {
    given: 'a relation in place of another',
    at: '/components/x-relations',
    to: { 'user-medals': { between: ['user', 'badge'] } },
    want: ['relation-removed', 'relation-added'],
    pointer: RELATION,
  },
  { given: 'the sides in another order', at: `${RELATION}/between`, to: ['badge', 'user'], want: [] },
  {
    given: 'a quota per both sides',
    at: `${RELATION}/limits`,
    to: [
      { per: ['user'], max: 50, problem: 'badges-full' },
      { per: ['user', 'badge'], max: 3 },
      { per: [], max: 900 },
    ],
    want: ['quota-added', 'quota-added'],
    pointer: `${RELATION}/limits/1`,
  },
  {
    given: 'a resource in place of another',
    at: RESOURCES,
    to: { user: { key: 'user_id', alias: ['email'], unique: [['email']] }, medal: { key: 'id' } },
    want: ['resource-removed', 'resource-added'],
    pointer: `${RESOURCES}/badge`,
  },
  {
    given: 'an alias and a uniqueness in place of others',
    at: `${RESOURCES}/user`,
    to: { key: 'user_id', alias: ['name'], unique: [['name']] },
    want: ['alias-removed', 'uniqueness-added', 'alias-added', 'uniqueness-removed'],
    pointer: `${RESOURCES}/user/alias/0`,
  },
  {
    given: 'a resource with grants',
    at: `${RESOURCES}/badge/grants`,
    to: { to: 'client_id', audience: 'audience', scopes: 'scope' },
    want: ['grants-changed'],
  },
  {
    given: 'a listing through two relations',
    at: `${RELATION}/shows`,
    to: [['groups', 'group-badges']],
    want: ['listing-shows-more'],
    pointer: `${RELATION}/shows/0`,
  },
  {
    given: 'a header of a problem added',
    at: `${PROBLEMS}/no-user/headers`,
    to: { 'x-user': '{key}' },
    want: ['problem-header-added'],
    pointer: `${PROBLEMS}/no-user/headers/x-user`,
  },
  {
    given: 'a page ceiling raised',
    at: `${PROBLEMS}/too-far/when`,
    to: { beyond: 2000 },
    want: ['page-ceiling-raised'],
  },
  {
    given: 'a group of a rate plan with a smaller bucket',
    at: `${RATE}/plans/paid/groups`,
    to: { writes: { burst: 4, 'per-second': 5 } },
    want: ['rate-lowered'],
    pointer: `${RATE}/plans/paid/groups/writes/burst`,
  },
  {
    given: 'a slower rate and a larger burst of a plan',
    at: `${RATE}/plans/paid`,
    to: { burst: 11, 'per-second': 4 },
    want: ['rate-lowered', 'rate-raised'],
    pointer: `${RATE}/plans/paid/per-second`,
  },
  {
    given: 'other headers of rate limits',
    at: `${RATE}/headers`,
    to: { limit: 'x-most', remaining: 'x-left', reset: 'x-reset' },
    want: ['rate-header-renamed', 'rate-header-renamed'],
    pointer: `${RATE}/headers/limit`,
  },
  { given: 'an effect on another side', at: `${ADD}/x-effect/each`, to: { badge: '/ids' }, want: ['effect-changed'] },
  { given: 'the default consistency written down', at: `${LIST}/x-effect/consistency`, to: 'strong', want: [] },
  {
    given: 'evidence of a fact, and of one that the contract does not state',
    at: `${RELATION}/limits/0`,
    to: {
      per: ['user'],
      max: 50,
      problem: 'badges-full',
      'x-evidence': {
        '/max': { grade: 'inferred', source: 'a guess' },
        '/disputed': { grade: 'inferred', source: 'a guess' },
      },
    },
    want: ['evidence-changed'],
    pointer: `${RELATION}/limits/0/max`,
  },
];

test.each([...cases, ...MORE])('$given', ({ at, to, want, pointer }) => {
  const changes = diffContracts(readContract(BASE), readContract(edited(BASE, at, to)));
  expect(changes.map(({ kind }) => kind)).toEqual(want);
  expect(changes[0]?.pointer).toBe(want.length === 0 ? undefined : (pointer ?? at));
});

test('each of them, and each undone, in words, with its place and its values', async () => {
  const texts = [...cases, ...MORE].flatMap(({ given, at, to }) => {
    const [before, after] = [readContract(BASE), readContract(edited(BASE, at, to))];
    return [
      [given, diffContracts(before, after)],
      [`${given}, undone`, diffContracts(after, before)],
    ] as const;
  });
  await expect(changeText(texts)).toMatchFileSnapshot('../test-support/vocabulary-changes.txt');
});

describe('a change of a relation affects', () => {
  const cases = [
    {
      given: 'operations that add to it, for a quota',
      at: `${RELATION}/limits/0/max`,
      to: 40,
      want: ['users.badges.add'],
    },
    {
      given: 'every operation on it, for a cascade',
      at: `${RELATION}/follows`,
      to: 'other',
      want: ['users.badges.list', 'users.badges.add'],
    },
  ];
  test.each(cases)('$given', ({ at, to, want }) => {
    const [change] = diffContracts(readContract(BASE), readContract(edited(BASE, at, to)));
    expect(change?.operations).toEqual(want);
  });
});

test('a problem under another status', () => {
  const moved = edited(edited(BASE, `${ADD}/responses/404/x-problems`), `${ADD}/responses/409/x-problems/1`, 'no-user');
  const changes = diffContracts(readContract(BASE), readContract(moved));
  expect(changes).toEqual([expect.objectContaining({ kind: 'problem-moved', from: '404', to: '409' })]);
});

/** The document with another value, or none, at a pointer. */
function edited(document: JsonObject, at: string, to?: Json): JsonObject {
  const visit = (value: Json, pointer: string): Json => {
    if (typeof value !== 'object' || value === null || !at.startsWith(pointer)) return value;
    if (Array.isArray(value)) {
      const list = value.flatMap((entry: Json, index) => {
        const place = joinPointer(pointer, index);
        return place === at ? (to === undefined ? [] : [to]) : [visit(entry, place)];
      });
      return joinPointer(pointer, value.length) === at && to !== undefined ? [...list, to] : list;
    }
    const entries = Object.entries(value).flatMap(([name, entry]): [string, Json][] => {
      const place = joinPointer(pointer, name);
      return place === at ? (to === undefined ? [] : [[name, to]]) : [[name, visit(entry, place)]];
    });
    const name = at.slice(pointer.length + 1);
    const added = to !== undefined && at === joinPointer(pointer, name) && !Object.hasOwn(value, name);
    return Object.fromEntries(added ? [...entries, [name, to]] : entries);
  };
  // The input is an object, and an object stays one.
  return visit(document, '') as JsonObject;
}
