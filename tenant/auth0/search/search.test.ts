import { beforeAll, describe, expect, test } from 'vitest';
import { defaultContract } from '../../../contract/load/default.js';
import { createTenant } from '../../tenant.js';
import type { Call } from '../../test-support/school.js';
import { caller, key } from '../../test-support/school.js';
import { parseQuery, QueryFault } from './parse-query.js';

const state = {
  users: [
    {
      user_id: 'auth0|ada',
      connection: 'Username-Password-Authentication',
      email: 'Ada@travel0.example',
      name: 'Ada Lovelace',
      username: 'ada',
      blocked: false,
      logins_count: 12,
      created_at: '2018-01-25T17:49:36.176Z',
      user_metadata: { display: { fontSize: 13 }, tags: ['x', 'y'], empty: [] },
      app_metadata: { plan: 'Pro', roles: [{ name: 'guide' }] },
    },
    {
      user_id: 'auth0|bob',
      connection: 'staff',
      email: 'bob@other.example',
      name: 'Bob',
      blocked: true,
      logins_count: 3,
      created_at: '2020-05-01T00:00:00.000Z',
      app_metadata: { plan: 'pro' },
    },
    {
      user_id: 'auth0|cy',
      connection: 'staff',
      email: 'cy@travel0.example',
      name: 'Cy "quoted" Jones',
      logins_count: 100,
      created_at: '2021-05-01T00:00:00.000Z',
    },
  ],
  connections: [{ name: 'staff', strategy: 'auth0' }],
  organizations: [{ id: 'org_0000000000000001', name: 'crew' }],
  'organization-members': [{ organization: 'org_0000000000000001', user: 'auth0|bob' }],
  clients: [
    { client_id: 'one', name: 'One' },
    { client_id: 'two', name: 'Two' },
  ],
  'resource-servers': [{ identifier: 'https://tours.travel0.example/', name: 'Tours' }],
  'client-grants': [
    { id: 'cgr_0000000000000001', client_id: 'one', audience: 'https://tours.travel0.example/', scope: [] },
    {
      id: 'cgr_0000000000000002',
      client_id: 'two',
      audience: 'https://tours.travel0.example/',
      scope: [],
      allow_any_organization: true,
    },
  ],
  'organization-client-grants': [{ organization: 'org_0000000000000001', 'client-grant': 'cgr_0000000000000001' }],
};

let call: Call;

beforeAll(async () => {
  const contract = await defaultContract();
  call = await caller(await createTenant(contract, { seed: 1, key: await key, state }), contract);
});

const search = (q: string) => call('GET', `/users?q=${encodeURIComponent(q)}`);

/** The users that a query finds, by the names in their ids. */
async function found(q: string): Promise<readonly string[]> {
  return ((await search(q)).body as { user_id: string }[]).map(({ user_id: id }) => id.slice('auth0|'.length));
}

describe('a query finds', () => {
  test.each<{ q: string; want: readonly string[] }>([
    { q: 'email:"ada@TRAVEL0.example"', want: ['ada'] },
    { q: 'username:"ada"', want: ['ada'] },
    { q: 'username:"Ada"', want: [] },
    { q: 'user_id:("auth0|ada" OR "auth0|cy")', want: ['ada', 'cy'] },
    { q: 'app_metadata.plan:"Pro"', want: ['ada'] },
    { q: 'app_metadata.plan:pro', want: ['bob'] },
    { q: 'user_metadata.display.fontSize:13', want: ['ada'] },
    { q: 'app_metadata.roles.name:guide', want: ['ada'] },
    { q: 'user_metadata.tags:y', want: ['ada'] },
    { q: 'email.domain:"travel0.example"', want: ['ada', 'cy'] },
    { q: 'identities.connection:"staff"', want: ['bob', 'cy'] },
    { q: 'organization_id:"org_0000000000000001"', want: ['bob'] },
    { q: 'NOT organization_id:org_0000000000000001', want: ['ada', 'cy'] },
    { q: '-organization_id:org_0000000000000001 AND email.domain:travel0.example', want: ['ada', 'cy'] },
    { q: '_exists_:username', want: ['ada'] },
    { q: '_exists_:user_metadata.empty', want: [] },
    { q: 'username:*', want: ['ada'] },
    { q: 'name:*lovelace*', want: ['ada'] },
    { q: 'email:bob*', want: ['bob'] },
    { q: 'name:B?b', want: ['bob'] },
    { q: 'name:"Cy \\"quoted\\" Jones"', want: ['cy'] },
    { q: 'logins_count:[3 TO 100}', want: ['ada', 'bob'] },
    { q: 'logins_count:{3 TO 100]', want: ['ada', 'cy'] },
    { q: 'logins_count:[12 TO *]', want: ['ada', 'cy'] },
    { q: 'created_at:[2018-01-01 TO 2020-05-01]', want: ['ada', 'bob'] },
    { q: 'created_at:{* TO 2020-05-01}', want: ['ada'] },
    { q: 'updated_at:{2016-01-01 TO *}', want: ['ada', 'bob', 'cy'] },
    { q: 'blocked:true', want: ['bob'] },
    { q: 'blocked:true OR username:ada AND blocked:true', want: ['bob'] },
    { q: '(blocked:true OR username:ada) AND NOT name:Bob', want: ['ada'] },
    { q: 'name:bob && blocked:true', want: ['bob'] },
    { q: 'name:Bob || name:"Cy \\"quoted\\" Jones"', want: ['bob', 'cy'] },
    { q: 'guide', want: ['ada'] },
    { q: '13', want: [] },
    { q: 'nothing:at AND all:here', want: [] },
    { q: '', want: ['ada', 'bob', 'cy'] },
  ])('$q: $want', async ({ q, want }) => {
    expect(await found(q)).toEqual(want);
  });
});

describe('a query is refused', () => {
  test.each<{ q: string; what: string; outside: boolean }>([
    { q: 'email:"a', what: 'unexpected text at position 8', outside: false },
    { q: 'email:(a OR', what: 'nothing follows "OR" at position 9', outside: false },
    { q: 'a AND ', what: 'nothing follows "AND" at position 2', outside: false },
    { q: 'name:*ab', what: 'fewer than 3 characters after a leading wildcard at position 5', outside: false },
    { q: 'user_metadata.a:x*', what: 'a wildcard in "user_metadata.a" at position 16', outside: false },
    { q: 'user_metadata.a:[1 TO 2]', what: 'a range in "user_metadata.a" at position 0', outside: false },
    { q: 'name:/bob/', what: 'a regular expression at position 5', outside: true },
    { q: 'a:b AND name:bob~', what: '"~" at position 13', outside: true },
    { q: 'name:"bob jones"~2', what: '"~" at position 5', outside: true },
    { q: 'name:bob^2', what: '"^" at position 5', outside: true },
    { q: '+name:bob', what: '"+" at position 0', outside: true },
    { q: 'name:bob email:bob', what: 'a term without an operator before it at position 9', outside: true },
    { q: 'created_at:[now-1d TO *]', what: 'date math at position 0', outside: true },
    { q: '('.repeat(21), what: 'parentheses nest deeper than 20 at position 20', outside: true },
  ])('$q: $what', async ({ q, what, outside }) => {
    const { status, headers, body } = await search(q);
    expect([status, (body as { message: string }).message]).toEqual([400, expect.stringContaining(what)]);
    expect('x-rolecall-outside-contract' in headers).toBe(outside);
  });
});

test('clients are searched by their grants only', async () => {
  const clients = async (q: string) => call('GET', `/clients?fields=client_id&q=${encodeURIComponent(q)}`);
  expect((await clients('client_grant.organization_id:org_0000000000000001')).body).toEqual([{ client_id: 'one' }]);
  expect((await clients('client_grant.allow_any_organization:true')).body).toEqual([{ client_id: 'two' }]);
  expect((await clients('name:One')).headers).toMatchObject({
    'x-rolecall-outside-contract': 'search syntax the field "name" at position 0',
  });
});

test('a listing is sorted in both directions', async () => {
  const names = async (sort: string) =>
    ((await call('GET', `/users?sort=${sort}`)).body as { name: string }[]).map(({ name }) => name[0]);
  expect(await names('created_at:-1')).toEqual(['C', 'B', 'A']);
  expect(await names('logins_count:1')).toEqual(['B', 'A', 'C']);
  expect(await names('username:1')).toEqual(['A', 'B', 'C']);
  expect((await call('GET', '/users?sort=name')).status).toBe(400);
});

test('AND binds before OR, and parentheses before both', () => {
  const term = (value: string) => ({ kind: 'term', field: undefined, value });
  expect(parseQuery('a OR b AND c')).toEqual({
    kind: 'or',
    parts: [term('a'), { kind: 'and', parts: [term('b'), term('c')] }],
  });
  expect(parseQuery('(a OR b) AND NOT c')).toEqual({
    kind: 'and',
    parts: [
      { kind: 'or', parts: [term('a'), term('b')] },
      { kind: 'not', part: term('c') },
    ],
  });
  expect(() => parseQuery(' ')).toThrow(QueryFault);
});
