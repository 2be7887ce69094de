import { describe, expect, it } from 'vitest';
import { editJson } from '../conformance/arbitraries/json-edit.js';
import { changed, type Exchange, exchange, replayed } from './test-support/recorded.js';

const ID = 'A'.repeat(32);
const client = { client_id: ID, name: 'App' };
const created = (sent: object, answered: object) =>
  exchange('POST /clients', { name: 'App', ...sent }, 201, { ...client, ...answered });
const updated = (sent: object, answered: object) =>
  exchange(`PATCH /clients/${ID}`, { ...sent }, 200, { ...client, ...answered });

describe('an empty value', () => {
  it.each<{ given: string; exchanges: readonly Exchange[] }>([
    { given: 'is sent and left out', exchanges: [created({ callbacks: [], description: '' }, {})] },
    { given: 'is sent and shown', exchanges: [created({ callbacks: [], description: '' }, { callbacks: [] })] },
    {
      given: 'is shown in place of what was removed',
      exchanges: [created({ addons: { a: {} } }, { addons: { a: {} } }), updated({ addons: null }, { addons: {} })],
    },
  ])('matches: $given', async ({ exchanges }) => {
    expect((await replayed(exchanges)).total).toMatchObject({ matched: exchanges.length });
  });

  it('that the contract says is removed must be left out', async () => {
    const report = await replayed([
      created({ oidc_logout: { a: 1 } }, { oidc_logout: { a: 1 } }),
      updated({ oidc_logout: {} }, { oidc_logout: { a: 1 } }),
    ]);
    expect(report.recordings[0]?.mismatches.map(({ exchange: number }) => number)).toEqual([2]);
  });

  it('differs from a value', async () => {
    const report = await replayed([created({ callbacks: [] }, { callbacks: ['https://a.example/'] })]);
    expect(report.total).toMatchObject({ mismatched: 1 });
  });
});

it('what the service chooses in place of null is not expected to be the default', async () => {
  const grantTypes = ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'];
  const target = await changed(async ({ method }, answer) => {
    const response = await answer();
    if (method !== 'PATCH' || response.json === undefined) return response;
    const json = editJson(response.json, { kind: 'remove', pointer: '/refresh_token' });
    return { ...response, json, text: JSON.stringify(json) };
  });
  const defaults = {
    rotation_type: 'non-rotating',
    expiration_type: 'non-expiring',
    leeway: 0,
    token_lifetime: 2592000,
    infinite_token_lifetime: true,
    infinite_idle_token_lifetime: true,
    idle_token_lifetime: 1296000,
  };
  const report = await replayed(
    [
      created({}, { refresh_token: defaults, grant_types: grantTypes }),
      updated({ refresh_token: null }, { refresh_token: defaults, grant_types: grantTypes }),
    ],
    { target },
  );
  expect(report.recordings[0]?.mismatches).toEqual([]);
});
