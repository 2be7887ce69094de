import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../contract/contract.js';
import type { DeployExport } from './read-export.js';
import { stateOfExport } from './state-of-export.js';

const listOf = (exported: DeployExport, list: string) => stateOfExport(exported).state[list];
const CLIENT_ID = /^[A-Za-z0-9]{32}$/;
const hashed = (prefix: string) => expect.stringMatching(new RegExp(`^${prefix}[A-Za-z0-9]{16}$`));

test('nothing becomes nothing', () => {
  expect(stateOfExport({})).toEqual({ state: {}, notes: [] });
  expect(stateOfExport({ actions: [], clients: [] })).toEqual({ state: {}, notes: [] });
});

test('ids follow from kind and name, and exported ones stay', () => {
  const clients = [{ name: 'a' }, { name: 'b' }, { name: 'c', client_id: 'own' }];
  const ids = listOf({ clients }, 'clients')?.map((item) => (item as JsonObject).client_id);
  expect(ids).toEqual([expect.stringMatching(CLIENT_ID), expect.stringMatching(CLIENT_ID), 'own']);
  expect(ids?.[0]).not.toBe(ids?.[1]);
  expect(listOf({ clients }, 'clients')).toEqual(listOf({ clients }, 'clients'));
  const connections = [{ name: 'a' }, { name: 'c', id: 'con_own' }];
  expect(listOf({ connections }, 'connections')).toEqual([
    { name: 'a', id: hashed('con_') },
    { name: 'c', id: 'con_own' },
  ]);
  expect(listOf({ organizations: [{ name: 'a' }, { name: 'b', id: 'org_own' }] }, 'organizations')).toEqual([
    { name: 'a', id: hashed('org_') },
    { name: 'b', id: 'org_own' },
  ]);
});

describe('a connection', () => {
  test.each<{ given: string; item: JsonObject; want: JsonObject; notes?: readonly string[] }>([
    { given: 'without options', item: {}, want: {} },
    { given: 'with options', item: { options: { a: 1 } }, want: { options: { a: 1 } } },
    { given: 'with options that are no object', item: { options: 7 }, want: {} },
    {
      given: 'with scripts and options',
      item: { options: { a: 1, customScripts: {} } },
      want: { options: { a: 1 } },
      notes: ['connection "staff": its scripts are not imported'],
    },
    {
      given: 'with clients by name and by id',
      item: { enabled_clients: ['Shop', 'unknown', 7] },
      want: { enabled_clients: ['shop-id', 'unknown', 7] },
    },
    { given: 'with clients that are no list', item: { enabled_clients: 'Shop' }, want: {} },
  ])('$given', ({ item, want, notes = [] }) => {
    const clients = [{ name: 'Shop', client_id: 'shop-id', client_secret: 's' }];
    const { state, notes: found } = stateOfExport({ clients, connections: [{ name: 'staff', ...item }] });
    expect([state.connections, found]).toEqual([[{ name: 'staff', id: hashed('con_'), ...want }], notes]);
  });

  test('that is a database has that strategy unless it names one', () => {
    expect(listOf({ databases: [{ name: 'a' }, { name: 'b', strategy: 'x' }] }, 'connections')).toMatchObject([
      { name: 'a', strategy: 'auth0' },
      { name: 'b', strategy: 'x' },
    ]);
  });
});

test('the permissions of a role become tuples', () => {
  const permissions = [{ resource_server_identifier: 'api', permission_name: 'read', more: 1 }, {}, 7];
  const { state } = stateOfExport({ roles: [{ name: 'Guide', description: 'd', permissions }, { name: 'Pilot' }] });
  expect(state).toEqual({
    roles: [{ name: 'Guide', description: 'd' }, { name: 'Pilot' }],
    'role-permissions': [
      { role: 'Guide', permission: { resource_server_identifier: 'api', permission_name: 'read' } },
      { role: 'Guide', permission: { resource_server_identifier: null, permission_name: null } },
    ],
  });
});

test.each<{ audience?: string; apis?: readonly JsonObject[]; kept: boolean }>([
  { kept: false },
  { audience: 'https://tours.example/', kept: true },
  { audience: 'https://travel0.auth0.com/api/v2/', kept: false },
  {
    audience: 'https://travel0.auth0.com/api/v2/',
    apis: [{ identifier: 'https://travel0.auth0.com/api/v2/' }],
    kept: true,
  },
  { audience: 'http://travel0.auth0.com/api/v2/', kept: true },
  { audience: 'https://travel0.auth0.com/api/v2', kept: true },
  { audience: 'https://travel0.auth0.com/x/api/v2/', kept: true },
  { audience: 'x-https://travel0.auth0.com/api/v2/', kept: true },
])('a grant for $audience of $apis keeps its audience: $kept', ({ audience, apis = [], kept }) => {
  const grant = { client_id: 'Shop', scope: ['a'], ...(audience === undefined ? {} : { audience }) };
  const clients = [{ name: 'Shop', client_id: 'shop-id' }];
  expect(listOf({ clients, resourceServers: apis, clientGrants: [grant] }, 'client-grants')).toEqual([
    { id: hashed('cgr_'), client_id: 'shop-id', scope: ['a'], ...(kept ? { audience } : {}) },
  ]);
});

test('an organization names its connections, grants, domains and clients', () => {
  const exported: DeployExport = {
    clients: [
      { name: 'Shop', client_id: 'shop-id' },
      { name: 'Other', client_id: 'other-id' },
    ],
    connections: [{ name: 'staff', id: 'con_staff' }],
    clientGrants: [
      { client_id: 'Shop', audience: 'a' },
      { client_id: 'Shop', audience: 'b' },
      { client_id: 'Other', audience: 'a' },
    ],
    organizations: [
      {
        name: 'crew',
        id: 'org_1',
        connections: [{ name: 'staff', show_as_button: true }, { connection_id: 'con_x' }, { name: 'gone' }, 7],
        client_grants: [{ client_id: 'Shop', audience: 'b' }, { client_id: 'Other' }, { client_id: 'none' }],
        discovery_domains: [{ domain: 'a.example', verification_host: 'h', verification_txt: 't' }],
        clients: [{ client_id: 'Shop', use_for_member_access: true }, { name: 'Other' }],
      },
    ],
  };
  const { state } = stateOfExport(exported);
  const [, shopB, otherA] = (state['client-grants'] ?? []).map((item) => (item as JsonObject).id);
  expect(state).toMatchObject({
    organizations: [{ name: 'crew', id: 'org_1' }],
    'organization-connections': [
      { organization_id: 'org_1', connection_id: 'con_staff', show_as_button: true },
      { organization_id: 'org_1', connection_id: 'con_x' },
      { organization_id: 'org_1', connection_id: 'gone' },
    ],
    'organization-client-grants': [
      { organization: 'org_1', 'client-grant': shopB },
      { organization: 'org_1', 'client-grant': otherA },
    ],
    'organization-clients': [
      { organization: 'org_1', client: 'shop-id', use_for_member_access: true },
      { organization: 'org_1', client: 'other-id' },
    ],
  });
  expect(state.organizations?.[0]).toEqual({ name: 'crew', id: 'org_1' });
  expect(state['discovery-domains']).toEqual([{ domain: 'a.example', organization_id: 'org_1' }]);
});

test('what is left out, and what has to be replaced, is noted', () => {
  const { notes } = stateOfExport({
    clients: [{ name: 'a' }, { name: 'b', client_secret: '@@SECRET@@' }],
    resourceServers: [
      { name: 'c', identifier: 'x##NAME##' },
      { name: 'd', identifier: '## NAME ##' },
    ],
    actions: [{ name: 'greet' }],
  });
  expect(notes).toEqual([
    'actions: not imported, since the contract does not have them',
    'clients: exports have no secrets; each client gets a new one',
    'clients "b": has a placeholder (##NAME## or @@NAME@@), which stays as it is',
    'resourceServers "c": has a placeholder (##NAME## or @@NAME@@), which stays as it is',
  ]);
  expect(stateOfExport({ clients: [{ name: 'a', client_secret: 's' }] }).notes).toEqual([]);
});
