import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fixtures } from './fixtures.js';
import { run } from './run.js';

/**
 * Runs auth0-deploy-cli as the command of `rolecall tenant -- COMMAND`. Arguments: the folder to work in, its program,
 * and the folder to export to; with a fourth, the folder to import before, or `-` if the tenant has started with it. Without one, the tenant is filled first.
 */

const [work = '', program = '', output = '', input] = process.argv.slice(2);

/** Fills a tenant with some of everything that is exported. */
async function fill(fixtures: Fixtures): Promise<void> {
  const identifier = 'https://tours.travel0.example/';
  const scopes = [{ value: 'read:tours', description: 'Read tours' }, { value: 'book:tours' }];
  await fixtures.link('/resource-servers', { identifier, name: 'Tours', scopes, token_lifetime: 3600 });
  const reader = { name: 'Reader', app_type: 'non_interactive', organization_usage: 'allow' };
  const { client_id: client } = await fixtures.link('/clients', reader);
  const callbacks = ['https://travel0.example/callback'];
  await fixtures.link('/clients', { name: 'Shop', app_type: 'spa', callbacks, client_metadata: { team: 'shop' } });
  const grant = await fixtures.link('/client-grants', {
    client_id: client,
    audience: identifier,
    scope: ['read:tours'],
    organization_usage: 'allow',
    allow_any_organization: false,
  });
  const connection = await fixtures.link('/connections', {
    name: 'partners',
    display_name: 'Partners',
    strategy: 'google-oauth2',
    options: { email: true, profile: true },
    enabled_clients: [client],
  });
  const oidc = { client_id: 'abc', issuer: 'https://staff.example', type: 'front_channel', scope: 'openid' };
  await fixtures.link('/connections', { name: 'staff', strategy: 'oidc', options: oidc });
  const guide = await fixtures.link('/roles', { name: 'Guide', description: 'Leads tours' });
  const permission = { resource_server_identifier: identifier, permission_name: 'read:tours' };
  await fixtures.link(`/roles/${guide.id}/permissions`, { permissions: [permission] });
  await fixtures.link('/roles', { name: 'Pilot' });
  const crew = await fixtures.link('/organizations', {
    name: 'crew',
    display_name: 'Crew',
    metadata: { region: 'north' },
    branding: { colors: { primary: '#635dff', page_background: '#000000' } },
  });
  const enabled = { connection_id: connection.id, assign_membership_on_login: true, show_as_button: false };
  await fixtures.link(`/organizations/${crew.id}/connections`, enabled);
  await fixtures.link(`/organizations/${crew.id}/client-grants`, { grant_id: grant.id });
  await fixtures.link(`/organizations/${crew.id}/discovery-domains`, { domain: 'crew.example', status: 'verified' });
}

async function deploy(args: readonly string[]): Promise<void> {
  const { code, output: text } = await run([program, ...args, '--config_file', join(work, 'config.json')], work);
  // It reports some failures in its log only.
  const problem = code !== 0 || /error/.test(text) ? text : '';
  if (problem !== '') throw new Error(`a0deploy ${args.join(' ')} ended with ${code}: ${text}`);
}

if (input === undefined) await fill(await Fixtures.connect(process.env));
else if (input !== '-') await deploy(['import', '--input_file', input]);
await deploy(['export', '--format', 'directory', '--output_folder', output]);
await readFile(join(output, 'organizations', 'crew.json')); // an export without them also reports success
