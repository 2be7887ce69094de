import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../json/json.js';
import type { ValueRole } from '../vocabulary.js';
import { readContract } from './read.js';

const read = (components: JsonObject, more: JsonObject = {}) =>
  readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: {}, components, ...more });

const NO_EVIDENCE = { grade: 'documented', source: 'this contract' };

test('resources', () => {
  const { resources } = read({
    'x-resources': {
      api: { key: 'id', alias: ['identifier'], unique: [['identifier'], ['name', 'kind']] },
      scope: { inside: { api: '/scopes' }, key: { api_id: 'parent.identifier', scope: 'item.value' } },
      grant: {
        key: 'id',
        refers: { api: 'api.identifier', owner: 'api' },
        grants: { to: 'client', audience: 'api', scopes: 'scope' },
        limit: {
          max: 5,
          disputed: 7,
          problem: 'full',
          'x-evidence': { '': { grade: 'reported', source: 'a thread' } },
        },
      },
    },
  });
  expect(Object.fromEntries(resources)).toEqual({
    api: {
      name: 'api',
      key: 'id',
      aliases: ['identifier'],
      unique: [['identifier'], ['name', 'kind']],
      optionalInUnique: new Set(),
      refers: [],
      mentions: [],
      limits: [],
      initial: [],
      pointer: '/components/x-resources/api',
    },
    scope: {
      name: 'scope',
      key: 'value',
      aliases: [],
      unique: [],
      optionalInUnique: new Set(),
      refers: [],
      mentions: [],
      limits: [],
      initial: [],
      inside: {
        parent: 'api',
        list: '/scopes',
        key: { api_id: { of: 'parent', property: 'identifier' }, scope: { of: 'item', property: 'value' } },
      },
      pointer: '/components/x-resources/scope',
    },
    grant: {
      name: 'grant',
      key: 'id',
      aliases: [],
      unique: [],
      optionalInUnique: new Set(),
      refers: [
        { property: 'api', resource: 'api', by: 'identifier' },
        { property: 'owner', resource: 'api', by: 'id' },
      ],
      mentions: [],
      grants: { to: 'client', audience: 'api', scopes: 'scope' },
      limit: {
        per: [],
        max: 5,
        disputed: 7,
        problem: 'full',
        evidence: { grade: 'reported', source: 'a thread' },
        pointer: '/components/x-resources/grant/limit',
      },
      limits: [
        {
          per: [],
          max: 5,
          disputed: 7,
          problem: 'full',
          evidence: { grade: 'reported', source: 'a thread' },
          pointer: '/components/x-resources/grant/limit',
        },
      ],
      initial: [],
      pointer: '/components/x-resources/grant',
    },
  });
});

test('a resource whose items have kinds, and one that every tenant has items of', () => {
  const { resources } = read({
    'x-resources': {
      source: { key: 'id', unique: [['name']], initial: [{ name: 'main', type: 'database' }] },
      user: { key: 'id', refers: { source: 'source.name' }, kind: 'source.type' },
    },
  });
  expect(resources.get('source')?.initial).toEqual([{ name: 'main', type: 'database' }]);
  expect(resources.get('user')?.kind).toEqual({ property: 'source', of: 'type' });
});

test('relations', () => {
  const { relations } = read({
    'x-relations': {
      a: { between: ['x', 'y'], carries: ['since'] },
      b: {
        between: ['x', 'z'],
        follows: 'a',
        shows: [['a', 'b'], ['b']],
        limits: [
          { per: ['x'], max: 3 },
          { per: ['z'], max: 4 },
        ],
      },
    },
  });
  const limit = (index: number, per: string, max: number) => ({
    per: [per],
    max,
    evidence: NO_EVIDENCE,
    pointer: `/components/x-relations/b/limits/${index}`,
  });
  expect(Object.fromEntries(relations)).toEqual({
    a: {
      name: 'a',
      between: ['x', 'y'],
      carries: ['since'],
      shows: [],
      limits: [],
      pointer: '/components/x-relations/a',
    },
    b: {
      name: 'b',
      between: ['x', 'z'],
      carries: [],
      follows: 'a',
      shows: [['a', 'b'], ['b']],
      limits: [limit(0, 'x', 3), limit(1, 'z', 4)],
      pointer: '/components/x-relations/b',
    },
  });
});

test.each<{ when: Json; want: JsonObject }>([
  { when: 'scope', want: { kind: 'scope' } },
  { when: 'rate', want: { kind: 'rate' } },
  { when: { token: 'expired' }, want: { kind: 'token', fault: 'expired' } },
  { when: { invalid: 'query' }, want: { kind: 'invalid', part: 'query' } },
  { when: { beyond: 1000 }, want: { kind: 'beyond', max: 1000 } },
  { when: { unknown: 'role' }, want: { kind: 'unknown', of: 'role' } },
  { when: { duplicate: 'role' }, want: { kind: 'duplicate', of: 'role' } },
  { when: { full: 'roles' }, want: { kind: 'full', of: 'roles' } },
  { when: { hook: 'token' }, want: { kind: 'hook', name: 'token' } },
  { when: { never: 'because' }, want: { kind: 'never', reason: 'because' } },
])('the cause $when', ({ when, want }) => {
  expect(read({ 'x-problems': { a: { when } } }).problems.get('a')?.when).toEqual(want);
});

test('problems', () => {
  const { problems } = read({
    'x-problems': {
      least: { when: 'scope' },
      most: {
        when: 'scope',
        errorCode: 'code',
        message: 'No {key}',
        headers: { 'WWW-Authenticate': 'Bearer' },
        remedy: 'Ask.',
        'x-evidence': { '': { grade: 'recorded', source: 'a', seen: 3, against: 'b' } },
      },
    },
  });
  expect(problems.get('least')).toEqual({
    name: 'least',
    when: { kind: 'scope' },
    headers: {},
    evidence: NO_EVIDENCE,
    pointer: '/components/x-problems/least',
  });
  expect(problems.get('most')).toEqual({
    name: 'most',
    when: { kind: 'scope' },
    errorCode: 'code',
    message: 'No {key}',
    headers: { 'www-authenticate': 'Bearer' },
    remedy: 'Ask.',
    evidence: { grade: 'recorded', source: 'a', seen: 3, against: 'b' },
    pointer: '/components/x-problems/most',
  });
});

test('rate limits', () => {
  const rate = {
    headers: { limit: 'X-Limit', remaining: 'X-Left', reset: 'X-Reset' },
    problem: 'slower',
    plans: { free: { burst: 2, 'per-second': 4 }, paid: { burst: 10, 'per-minute': 150 } },
    'x-evidence': { '': { grade: 'recorded', source: 'a' }, '/plans/paid': { grade: 'reported', source: 'b' } },
  };
  expect(read({}, { 'x-rate-limit': rate }).rateLimit).toEqual({
    headers: { limit: 'x-limit', remaining: 'x-left', reset: 'x-reset' },
    problem: 'slower',
    plans: [
      { name: 'free', groups: new Map(), burst: 2, perSecond: 4, evidence: { grade: 'recorded', source: 'a' } },
      { name: 'paid', groups: new Map(), burst: 10, perSecond: 2.5, evidence: { grade: 'reported', source: 'b' } },
    ],
    evidence: { grade: 'recorded', source: 'a' },
    pointer: '/x-rate-limit',
  });
  expect(read({}).rateLimit).toBeUndefined();
});

test.each<{ value: Json; want: ValueRole | undefined }>([
  { value: 'created-at', want: { kind: 'created-at' } },
  { value: 'updated-at', want: { kind: 'updated-at' } },
  { value: 'status', want: { kind: 'status' } },
  { value: 'reason', want: { kind: 'reason' } },
  { value: 'message', want: { kind: 'message' } },
  { value: 'error-code', want: { kind: 'error-code' } },
  { value: { id: 'a_{hex:4}' }, want: { kind: 'id', template: 'a_{hex:4}', ofKind: new Map() } },
  {
    value: { id: 'a_{hex:4}', kinds: { b: 'b_{hex:4}' } },
    want: { kind: 'id', template: 'a_{hex:4}', ofKind: new Map([['b', 'b_{hex:4}']]) },
  },
  { value: { default: 'email' }, want: { kind: 'default', properties: ['email'] } },
  { value: { default: ['email', 'phone'] }, want: { kind: 'default', properties: ['email', 'phone'] } },
  { value: { hook: 'picture' }, want: { kind: 'hook', name: 'picture' } },
  { value: { of: 'role.name.first' }, want: { kind: 'of', resource: 'role', property: 'name.first' } },
  { value: { relation: 'roles' }, want: { kind: 'relation', relation: 'roles', asked: false, scopes: [] } },
  {
    value: { relation: 'roles', when: 'asked', scopes: ['read:roles'] },
    want: { kind: 'relation', relation: 'roles', asked: true, scopes: ['read:roles'] },
  },
  { value: 'other', want: undefined },
  { value: { other: 'a' }, want: undefined },
  { value: 5, want: undefined },
])('the value role $value', ({ value, want }) => {
  const contract = read({ schemas: { A: { 'x-value': value }, B: { $ref: '#/components/schemas/A' } } });
  const A = contract.schemas.get('A') ?? {};
  expect(contract.valueOf(A)).toEqual(want);
  expect(contract.valueOf(A)).toEqual(want);
  expect(contract.valueOf({ $ref: '#/components/schemas/B' })).toEqual(want);
});

test('the value role beside a reference takes precedence', () => {
  const contract = read({ schemas: { A: { 'x-value': 'status' } } });
  expect(contract.valueOf({ $ref: '#/components/schemas/A', 'x-value': 'reason' })).toEqual({ kind: 'reason' });
});
