import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Contract, JsonObject } from '../../../contract/contract.js';
import { defaultContract } from '../../../contract/load/default.js';
import { importedState } from '../../cli/imported-state.js';
import { createTenant } from '../../tenant.js';

const CLIENTS: readonly JsonObject[] = [
  { name: 'Reader', app_type: 'non_interactive' },
  { name: 'Shop', app_type: 'spa', no_such_property: 1 },
];
const APIS = [{ name: 'Tours', identifier: 'https://tours.example/', scopes: [{ value: 'read:tours' }] }];
const GRANTS: readonly JsonObject[] = [
  { client_id: 'Reader', audience: 'https://tours.example/', scope: ['read:tours'] },
  { client_id: 'Reader', audience: 'https://travel0.eu.auth0.com/api/v2/', scope: ['read:users'] },
  { client_id: 'Deleted', audience: 'https://tours.example/', scope: [] },
];
const ROLES = [
  {
    name: 'Guide',
    permissions: [{ resource_server_identifier: 'https://tours.example/', permission_name: 'read:tours' }],
  },
];
const DATABASE = {
  name: 'people',
  strategy: 'auth0',
  enabled_clients: ['Shop'],
  options: { customScripts: { login: './login.js' } },
};
const MAIL = {
  name: 'email',
  strategy: 'email',
  options: { email: { subject: 'Sign in', body: './email.html' } },
};
const CONNECTION = {
  name: 'staff',
  strategy: 'oidc',
  options: { client_id: 'abc', client_secret: '##STAFF_SECRET##' },
};
const ORGANIZATION = {
  name: 'crew',
  connections: [{ name: 'staff', assign_membership_on_login: true }],
  client_grants: [{ client_id: 'Reader', audience: 'https://tours.example/' }],
  discovery_domains: [{ domain: 'crew.example', status: 'verified', verification_txt: 'x' }],
  clients: [],
};

/** The forms of an export, as files. JSON is YAML. */
const FORMS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  folders: {
    'clients/Reader.json': CLIENTS[0],
    'clients/Shop.json': CLIENTS[1],
    'resource-servers/Tours.json': APIS[0],
    'grants/Reader-Tours.json': GRANTS[0],
    'grants/Reader-API.json': GRANTS[1],
    'grants/Deleted.json': GRANTS[2],
    'roles/Guide.json': ROLES[0],
    'database-connections/people/database.json': DATABASE,
    'database-connections/people/login.js': 'function login() {}',
    'connections/staff.json': CONNECTION,
    'connections/email.json': MAIL,
    'connections/email.html': '<p>{{ code }}</p>',
    'organizations/crew.json': ORGANIZATION,
    'actions/greet.json': { name: 'greet' },
    'tenant.json': { friendly_name: 'Travel0' },
  },
  'one file': {
    'tenant.yaml': {
      clients: CLIENTS,
      resourceServers: APIS,
      clientGrants: GRANTS,
      roles: ROLES,
      databases: [DATABASE],
      connections: [MAIL, CONNECTION],
      organizations: [ORGANIZATION],
      actions: [{ name: 'greet' }],
      tenant: { friendly_name: 'Travel0' },
    },
    'connections/email.html': '<p>{{ code }}</p>',
  },
};

let folder: string;
let contract: Contract;
/** What each form becomes. */
const imported = new Map<string, Awaited<ReturnType<typeof importedState>>>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rolecall-import-'));
  contract = await defaultContract();
  for (const [form, files] of Object.entries(FORMS)) {
    for (const [name, content] of Object.entries(files)) {
      const file = join(folder, form, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    }
    imported.set(form, await importedState(contract, join(folder, form)));
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

describe.each(Object.keys(FORMS))('an export as %s', (form) => {
  test('says what it leaves out, and nothing else is', async () => {
    const { lines = [] } = imported.get(form) ?? {};
    expect([...lines].sort().map((line) => line.replace(/^import: (imported)? ?/, '$1 ').trim())).toEqual([
      'actions: not imported, since the contract does not have them',
      expect.stringMatching(/^client-grants "cgr_\w+" client_id: left out\. Unknown client "Deleted"\.$/),
      expect.stringMatching(/^client-grants "cgr_\w+": left out\. Missing required property: client_id\.$/),
      'clients "Shop" no_such_property: left out. Additional properties not allowed: no_such_property.',
      'clients: exports have no secrets; each client gets a new one',
      'connection "people": its scripts are not imported',
      'connections "staff": has a placeholder (##NAME## or @@NAME@@), which stays as it is',
      expect.stringMatching(/^imported .*2 clients.* from \//),
      'tenant: not imported, since the contract does not have them',
    ]);
  });

  test('becomes a tenant that answers with it', async () => {
    const tenant = await createTenant(contract, { state: imported.get(form)?.state });
    const headers = { authorization: `Bearer ${await tenant.token()}` };
    const read = async (path: string): Promise<unknown> =>
      (await tenant.fetch(`${tenant.audience}${path}`, { headers })).json();
    const [role] = (await read('roles?name_filter=Guide')) as [{ id: string }];
    expect(await read(`roles/${role.id}/permissions`)).toMatchObject([{ permission_name: 'read:tours' }]);
    const grants = (await read('client-grants')) as readonly { audience: string; scope: string[] }[];
    expect(grants.map(({ audience, scope }) => [audience, scope])).toEqual(
      expect.arrayContaining([
        ['https://tours.example/', ['read:tours']],
        [tenant.audience, ['read:users']],
      ]),
    );
    const { id } = (await read('organizations/name/crew')) as { id: string };
    expect(await read(`organizations/${id}/enabled_connections`)).toMatchObject([{ connection: { name: 'staff' } }]);
    expect(await read('connections?strategy=email')).toMatchObject([
      { name: 'email', options: { email: { subject: 'Sign in', body: '<p>{{ code }}</p>' } } },
    ]);
    expect(await read(`organizations/${id}/client-grants`)).toMatchObject([{ audience: 'https://tours.example/' }]);
    expect(await read(`organizations/${id}/discovery-domains`)).toMatchObject({
      domains: [{ domain: 'crew.example' }],
    });
  });
});

test('both forms become the same state', () => {
  const [one, other] = [...imported.values()].map(({ state }) => sorted(state));
  expect(Object.keys(one ?? {})).toContain('organization-client-grants');
  expect(one).toEqual(other);
});

function sorted(state: unknown): object {
  return Object.fromEntries(
    Object.entries(state as Record<string, readonly unknown[]>).map(([list, items]) => [
      list,
      items.map((item) => JSON.stringify(item)).sort(),
    ]),
  );
}

test.each([
  { given: 'nothing there', path: 'missing', want: 'there is no such file' },
  {
    given: 'no export',
    path: 'folders/clients',
    want: 'expected tenant.yaml or folders such as clients, found neither',
  },
])('$given is one sentence', async ({ path, want }) => {
  const message = `cannot import "${join(folder, path)}" (--import): ${want}; pass a folder that "a0deploy export" wrote`;
  await expect(importedState(contract, join(folder, path))).rejects.toMatchObject({ code: 'TENANT_IMPORT', message });
});
