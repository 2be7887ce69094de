import assert from 'node:assert/strict';
import { ManagementClient } from 'auth0';

const { AUTH0_DOMAIN: domain, AUTH0_CLIENT_ID: clientId, AUTH0_CLIENT_SECRET: clientSecret } = process.env;
const auth0 = new ManagementClient({ domain, clientId, clientSecret });

/** The names of every item, whatever the number of pages. */
async function names(pages) {
  const items = [];
  for await (const { name } of await pages) items.push(name);
  return items.sort();
}

// An API with role-based access control, and a role with one of its permissions.
const identifier = 'https://tours.travel0.example/';
await auth0.resourceServers.create({ identifier, enforce_policies: true, scopes: [{ value: 'read:tours' }] });
const guide = await auth0.roles.create({ name: 'Guide', description: 'Leads tours' });
const permission = { resource_server_identifier: identifier, permission_name: 'read:tours' };
await auth0.roles.permissions.add(guide.id, { permissions: [permission] });
const pilot = await auth0.roles.create({ name: 'Pilot' });

// Roles of a user.
const { user_id: ada } = await auth0.users.create({
  connection: 'Username-Password-Authentication',
  email: 'ada@travel0.example',
  password: 'correct-horse-7-battery',
});
await auth0.users.roles.assign(ada, { roles: [guide.id, pilot.id] });
assert.deepEqual(await names(auth0.users.roles.list(ada)), ['Guide', 'Pilot']);
await auth0.users.roles.delete(ada, { roles: [pilot.id] });
assert.deepEqual(await names(auth0.users.roles.list(ada)), ['Guide']);

// A member of an organization, with a role there.
const crew = await auth0.organizations.create({ name: 'crew' });
await auth0.organizations.members.create(crew.id, { members: [ada] });
await auth0.organizations.members.roles.assign(crew.id, ada, { roles: [pilot.id] });
assert.deepEqual(await names(auth0.organizations.members.roles.list(crew.id, ada)), ['Pilot']);

// The errors of the service: a role that does not exist.
const unknown = auth0.users.roles.assign(ada, { roles: ['rol_0000000000000000'] });
await assert.rejects(unknown, ({ statusCode }) => statusCode === 404);

console.log('Ada is a guide, and a pilot in crew.');
