import { beforeEach, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { randomFrom } from '../random.js';
import { Store } from '../store/store.js';
import { school } from '../test-support/school.js';
import { companionHooksOf } from './companion-hooks.js';
import { grantModelOf } from './grant-model.js';

const contract = await defaultContract();
const identity = { url: 'https://tenant.example', audience: 'https://tenant.example/api/v2/' };
const hooks = companionHooksOf(contract, identity, grantModelOf(contract));
let store: Store;

beforeEach(() => {
  store = new Store(contract);
});

/** What is created together with an item. */
function companions(hook: string, resource: string, properties: JsonObject) {
  const entity = store.create(resource, properties);
  return hooks[hook]?.({ entity, store, random: randomFrom(1) });
}

describe('a client', () => {
  const made = (properties: JsonObject) => companions('client-kinds', 'client', { client_id: 'one', ...properties });

  test.each<{ given: string; methods: Json; want: readonly JsonObject[] }>([
    {
      given: 'credentials',
      methods: {
        private_key_jwt: { credentials: [{ credential_type: 'public_key', name: 'a' }, { id: 'b' }, 7] },
        other: { credentials: [{ credential_type: 'x509_cert' }] },
      },
      want: [{ credential_type: 'public_key', name: 'a' }, { credential_type: 'x509_cert' }],
    },
    { given: 'no list of credentials', methods: { private_key_jwt: { credentials: {} }, other: 7 }, want: [] },
    { given: 'no methods', methods: 7, want: [] },
  ])('with $given', ({ methods, want }) => {
    expect(made({ client_authentication_methods: methods })).toEqual(
      want.map((properties) => ({ resource: 'credential', properties: { ...properties, client_id: 'one' } })),
    );
  });

  test('for express configuration gets a grant for the own API', () => {
    expect(made({ app_type: 'spa' })).toEqual([]);
    expect(made({ app_type: 'express_configuration' })).toEqual([
      {
        resource: 'client-grant',
        properties: {
          id: expect.stringMatching(/^cgr_\w{16}$/),
          client_id: 'one',
          audience: identity.audience,
          scope: expect.arrayContaining(['read:clients', 'delete:scim_token']),
          is_system: true,
          subject_type: 'client',
        },
      },
    ]);
  });

  test('gets nothing in a contract without grants and credentials', () => {
    const bare = companionHooksOf(school, identity, undefined)['client-kinds'];
    const properties = {
      app_type: 'express_configuration',
      client_authentication_methods: { a: { credentials: [{}] } },
    };
    const entity = { order: 1, resource: 'student', properties };
    expect(bare?.({ entity, store: new Store(school), random: randomFrom(1) })).toEqual([]);
  });
});

test('an organization gets a link to each of its connections that exists', () => {
  store.create('connection', { id: 'con_1', name: 'staff' });
  const made = (links: Json) =>
    companions('organization-links', 'organization', { id: 'org_1', name: 'crew', enabled_connections: links });
  const link = { organization_id: 'org_1', connection_id: 'con_1', show_as_button: true };
  expect(made([{ connection_id: 'con_1', assign_membership_on_login: true }, { connection_id: 'none' }, 7])).toEqual([
    { resource: 'organization-connection', properties: { ...link, assign_membership_on_login: true } },
  ]);
  expect(made([{ connection_id: 'con_1' }])).toMatchObject([
    { properties: { ...link, assign_membership_on_login: false } },
  ]);
  expect([made({}), made([])]).toEqual([[], []]);
  const bare = companionHooksOf(school, identity, undefined)['organization-links'];
  const entity = { order: 1, resource: 'course', properties: { enabled_connections: [{ connection_id: 'con_1' }] } };
  expect(bare?.({ entity, store: new Store(school), random: randomFrom(1) })).toEqual([]);
});
