import { describe, expect, it } from 'vitest';
import { type Exchange, exchange, replayed } from '../test-support/recorded.js';

const API = { id: '0123456789abcdef01234567', name: 'Tours', identifier: 'https://tours.example/' };
const OLD = { client_id: 'O'.repeat(32), name: 'Old' };
const NEW = { client_id: 'N'.repeat(32), name: 'New' };
const CONNECTION = { id: `con_${'C'.repeat(16)}`, name: 'staff', strategy: 'auth0' };
const CREDENTIAL = { id: `cred_${'D'.repeat(22)}`, credential_type: 'public_key', kid: 'k1', alg: 'RS256' };
const ORGANIZATION = { id: `org_${'E'.repeat(16)}`, name: 'crew' };

const GRANT = {
  id: `cgr_${'F'.repeat(16)}`,
  client_id: OLD.client_id,
  audience: API.identifier,
  scope: ['read:tours'],
};
const GRANT_OF_ALL = { id: GRANT.id, client_id: OLD.client_id, audience: API.identifier, allow_all_scopes: true };
const LINKS = `/organizations/${ORGANIZATION.id}/connections`;
const LINK = { connection_id: CONNECTION.id, is_enabled: true, show_as_button: true, is_signup_enabled: false };
const pageOf = (connections: readonly (typeof LINK)[]) => ({
  connections,
  start: 0,
  limit: 50,
  total: connections.length,
});

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
  {
    given: 'an organization that is read by its name first',
    exchanges: [
      exchange(`GET /organizations/name/${ORGANIZATION.name}`, undefined, 200, ORGANIZATION),
      exchange(`GET /organizations/${ORGANIZATION.id}`, undefined, 200, ORGANIZATION),
    ],
  },
  {
    given: 'an API that a grant names before it is read by its ID',
    exchanges: [
      exchange(`GET /client-grants/${GRANT.id}`, undefined, 200, GRANT),
      exchange(`GET /resource-servers/${API.id}`, undefined, 200, API),
    ],
  },
  {
    given: 'a grant without what the recording sets later',
    exchanges: [
      exchange(`GET /client-grants/${GRANT.id}`, undefined, 200, GRANT),
      exchange(`PATCH /client-grants/${GRANT.id}`, { allow_all_scopes: true }, 200, { ...GRANT_OF_ALL }),
      exchange(`GET /client-grants/${GRANT.id}`, undefined, 200, { ...GRANT_OF_ALL }),
    ],
  },
  {
    given: 'a grant of an organization, which one text in a body names',
    exchanges: [exchange(`GET /organizations/${ORGANIZATION.id}/client-grants`, undefined, 200, [GRANT])],
  },
  {
    given: 'a link that the recording deletes and creates again',
    exchanges: [
      exchange(`GET ${LINKS}?is_enabled=true&include_totals=true`, undefined, 200, pageOf([LINK])),
      exchange(`DELETE ${LINKS}/${CONNECTION.id}`, undefined, 204),
      exchange(`GET ${LINKS}?is_enabled=true&include_totals=true`, undefined, 200, pageOf([])),
      exchange(`POST ${LINKS}`, { connection_id: CONNECTION.id, is_enabled: true }, 201, LINK),
      exchange(`GET ${LINKS}/${CONNECTION.id}`, undefined, 200, LINK),
    ],
  },
  {
    given: 'the client and the API of a grant that the provider refuses',
    exchanges: [
      exchange(`GET /clients/${OLD.client_id}`, undefined, 200, { ...OLD, app_type: 'express_configuration' }),
      exchange('POST /client-grants', { client_id: OLD.client_id, audience: API.identifier }, 400, {
        statusCode: 400,
        error: 'Bad Request',
        message: 'Client of type express_configuration cannot be used',
        errorCode: 'validation_error',
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
    expect(report.recordings[0]?.assumes.map(({ reason }) => reason)).toEqual(['1 item could not be created']);
  });
});

it('a page whose cursor comes from before the recording is assumed', async () => {
  const report = await replayed([
    exchange(`GET /organizations/${ORGANIZATION.id}/members?take=1&from=earlier-cursor`, undefined, 200, {
      members: [],
    }),
  ]);
  expect(report.recordings[0]?.assumes.map(({ reason }) => reason)).toEqual([
    'the cursor of this page was returned before the recording',
  ]);
});

it('what an exchange outside the contract may have changed is not expected', async () => {
  const shown = { ...OLD, callbacks: ['https://a.example/'] };
  const report = await replayed([
    exchange('POST /clients', { name: 'Old', callbacks: ['https://a.example/'] }, 201, shown),
    exchange(`POST /clients/${OLD.client_id}/unheard-of`, undefined, 204),
    exchange(`GET /clients/${OLD.client_id}`, undefined, 200, { ...shown, callbacks: ['https://b.example/'] }),
  ]);
  expect(report.recordings[0]?.mismatches).toEqual([]);
});
