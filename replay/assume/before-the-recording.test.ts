import { describe, expect, it } from 'vitest';
import { type Exchange, exchange, replayed } from '../test-support/recorded.js';

const API = { id: '0123456789abcdef01234567', name: 'Tours', identifier: 'https://tours.example/' };
const OLD = { client_id: 'O'.repeat(32), name: 'Old' };
const NEW = { client_id: 'N'.repeat(32), name: 'New' };
const CONNECTION = { id: `con_${'C'.repeat(16)}`, name: 'staff', strategy: 'auth0' };
const CREDENTIAL = { id: `cred_${'D'.repeat(22)}`, credential_type: 'public_key', kid: 'k1', alg: 'RS256' };
const ORGANIZATION = { id: `org_${'E'.repeat(16)}`, name: 'crew' };

it.each<{ given: string; exchanges: readonly Exchange[] }>([
  {
    given: 'an API that a path names by its identifier, encoded twice',
    exchanges: [
      exchange('GET /resource-servers/https%253A%252F%252Ftours.example%252F', undefined, 200, API),
      exchange(`GET /resource-servers/${API.id}`, undefined, 200, API),
    ],
  },
  {
    given: 'a connection whose clients include one that the recording creates',
    exchanges: [
      exchange('POST /clients', { name: 'New' }, 201, NEW),
      exchange(`GET /connections/${CONNECTION.id}`, undefined, 200, {
        ...CONNECTION,
        enabled_clients: [OLD.client_id, NEW.client_id],
      }),
    ],
  },
  {
    given: 'a connection whose clients include one that is read later',
    exchanges: [
      exchange(`GET /connections/${CONNECTION.id}`, undefined, 200, {
        ...CONNECTION,
        enabled_clients: [OLD.client_id],
      }),
      exchange(`GET /clients/${OLD.client_id}`, undefined, 200, OLD),
    ],
  },
  {
    given: 'a credential of a client, which shows its id too',
    exchanges: [
      exchange(`GET /clients/${OLD.client_id}`, undefined, 200, {
        ...OLD,
        client_authentication_methods: { private_key_jwt: { credentials: [{ id: CREDENTIAL.id }] } },
      }),
      exchange(`GET /clients/${OLD.client_id}/credentials/${CREDENTIAL.id}`, undefined, 200, CREDENTIAL),
      exchange(`DELETE /clients/${OLD.client_id}/credentials/${CREDENTIAL.id}`, undefined, 204),
    ],
  },
  {
    given: 'a connection of an organization',
    exchanges: [
      exchange(`GET /organizations/${ORGANIZATION.id}/enabled_connections/${CONNECTION.id}`, undefined, 200, {
        connection_id: CONNECTION.id,
        assign_membership_on_login: true,
        show_as_button: false,
        // The contract does not list every property that the service shows of the connection.
        connection: { name: CONNECTION.name, strategy: CONNECTION.strategy, icon_url: 'https://a.example/i.png' },
      }),
    ],
  },
])('is created: $given', async ({ exchanges }) => {
  const report = await replayed(exchanges);
  expect(report.recordings[0]?.mismatches).toEqual([]);
  expect(report.total).toMatchObject({ matched: exchanges.length, assumed: 0 });
});

it('what was sent for a link is not expected after it was deleted and created again', async () => {
  const path = `/organizations/${ORGANIZATION.id}/enabled_connections`;
  const link = { connection_id: CONNECTION.id, assign_membership_on_login: true };
  const report = await replayed([
    exchange('POST /organizations', { name: 'crew' }, 201, ORGANIZATION),
    exchange('POST /connections', { name: 'staff', strategy: 'okta' }, 201, { ...CONNECTION, strategy: 'okta' }),
    exchange(`POST ${path}`, { ...link, is_signup_enabled: false }, 201, { ...link, is_signup_enabled: false }),
    exchange(`DELETE ${path}/${CONNECTION.id}`, undefined, 204),
    exchange(`POST ${path}`, link, 201, { ...link, is_signup_enabled: false }),
  ]);
  expect(report.recordings[0]?.mismatches).toEqual([]);
});

it('another documented success may have another body', async () => {
  const report = await replayed([
    exchange('POST /connections', { name: 'staff', strategy: 'auth0' }, 201, CONNECTION),
    exchange(`DELETE /connections/${CONNECTION.id}`, undefined, 204),
  ]);
  expect(report.recordings[0]?.mismatches).toEqual([]);
});

describe('what the service creates by itself', () => {
  const express = { ...NEW, app_type: 'express_configuration' };
  const grant = {
    id: `cgr_${'G'.repeat(16)}`,
    client_id: NEW.client_id,
    audience: 'https://travel0.eu.auth0.com/api/v2/',
    scope: ['read:clients'],
  };
  const listing = `GET /client-grants?client_id=${NEW.client_id}`;
  const creation = exchange('POST /clients', { name: 'New', app_type: 'express_configuration' }, 201, express);

  it('is paired with what the target creates', async () => {
    const report = await replayed([
      creation,
      exchange(listing, undefined, 200, [grant]),
      exchange(`GET /client-grants/${grant.id}`, undefined, 200, grant),
    ]);
    expect(report.recordings[0]?.mismatches).toEqual([]);
    expect(report.total).toMatchObject({ matched: 3 });
  });

  it('is known by its id in the answer of the creation', async () => {
    const methods = { private_key_jwt: { credentials: [{ credential_type: 'public_key', pem: 'P' }] } };
    const report = await replayed([
      exchange('POST /clients', { name: 'New', client_authentication_methods: methods }, 201, {
        ...NEW,
        client_authentication_methods: { private_key_jwt: { credentials: [CREDENTIAL] } },
      }),
      exchange(`GET /clients/${NEW.client_id}/credentials/${CREDENTIAL.id}`, undefined, 200, CREDENTIAL),
    ]);
    expect(report.recordings[0]?.mismatches).toEqual([]);
    expect(report.total).toMatchObject({ matched: 2 });
  });

  it('is assumed where the target creates nothing', async () => {
    const report = await replayed([
      exchange('POST /clients', { name: 'New' }, 201, NEW),
      exchange(listing, undefined, 200, [grant]),
    ]);
    expect(report.recordings[0]?.mismatches).toEqual([]);
    expect(report.recordings[0]?.assumes.map(({ reason }) => reason)).toEqual(['1 items could not be created']);
  });
});
