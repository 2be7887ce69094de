import { describe, expect, it } from 'vitest';
import { editJson } from '../conformance/arbitraries/json-edit.js';
import type { Json, JsonObject } from '../contract/contract.js';
import { changed, exchange, replayed } from './test-support/recorded.js';

const ID = 'con_AAAAAAAAAAAAAAAA';
const shown = (options: Json): JsonObject => ({ id: ID, name: 'staff', strategy: 'samlp', options });
const created = (sent: Json, answered: Json) =>
  exchange('POST /connections', { name: 'staff', strategy: 'samlp', options: sent }, 201, shown(answered));
const read = (answered: Json) => exchange(`GET /connections/${ID}`, undefined, 200, shown(answered));
const updated = (sent: Json, answered: Json) =>
  exchange(`PATCH /connections/${ID}`, { options: sent }, 200, shown(answered));

describe('in an object that the contract leaves free', () => {
  it.each<{ given: string; exchanges: ReturnType<typeof exchange>[] }>([
    {
      given: 'a value that the service stores in another form',
      exchanges: [
        created({ domain: 'Travel0.Example', pages: [2, 1] }, { domain: 'travel0.example', pages: [1, 2] }),
        read({ domain: 'travel0.example', pages: [1, 2] }),
      ],
    },
    {
      given: 'a value that the service leaves out',
      exchanges: [
        created({ certificate: 'PEM', nested: { key: 'k', level: 1 } }, { nested: { level: 1 } }),
        read({ nested: { level: 1 } }),
      ],
    },
    {
      given: 'a value that the service keeps although an update leaves it out',
      exchanges: [
        created({ thumbprints: ['a'], debug: true }, { thumbprints: ['a'], debug: true }),
        updated({ debug: false }, { debug: false, thumbprints: ['a'] }),
        read({ debug: false, thumbprints: ['a'] }),
      ],
    },
  ])('matches: $given', async ({ exchanges }) => {
    const report = await replayed(exchanges);
    expect(report.recordings[0]?.mismatches).toEqual([]);
    expect(report.total).toMatchObject({ matched: exchanges.length });
  });

  it('a value that the service repeats is expected in every answer', async () => {
    const report = await replayed([
      created({ debug: true, nested: { level: 1 } }, { debug: true, nested: { level: 1 } }),
      read({ debug: false, nested: { level: 1 } }),
      read({ debug: true, nested: { level: 2 } }),
      read({ debug: true, nested: { level: 1 } }),
    ]);
    expect(report.recordings[0]?.mismatches.map(({ exchange: number }) => number)).toEqual([2, 3]);
  });

  it.each(['/options/debug', '/options/nested/level'])('a target that loses %s is reported', async (pointer) => {
    const target = await changed(async ({ method, path }, answer) => {
      const response = await answer();
      if (method !== 'GET' || !path.includes('/connections/') || response.json === undefined) return response;
      const json = editJson(response.json, { kind: 'remove', pointer });
      return { ...response, json, text: JSON.stringify(json) };
    });
    const whole = { debug: true, nested: { level: 1 } };
    const report = await replayed([created(whole, whole), read(whole)], { target });
    expect(report.recordings[0]?.mismatches.map(({ exchange: number }) => number)).toEqual([2]);
  });

  it('a target that keeps what an update replaced is reported', async () => {
    const target = await changed(async ({ method }, answer) => {
      const response = await answer();
      if (method !== 'PATCH' || response.json === undefined) return response;
      const json = editJson(response.json, { kind: 'set', pointer: '/options/debug', value: true });
      return { ...response, json, text: JSON.stringify(json) };
    });
    const report = await replayed([created({ debug: true }, { debug: true }), updated({ a: 1 }, { a: 1 })], { target });
    expect(report.recordings[0]?.mismatches.map(({ exchange: number }) => number)).toEqual([2]);
  });
});

describe('in an object that an update names', () => {
  const organization = { id: 'org_AAAAAAAAAAAAAAAA', name: 'crew' };
  const colors = { primary: '#000000', page_background: '#ffffff' };
  const logo = 'https://travel0.example/logo.png';

  it('entries may stay or go where the contract does not say it', async () => {
    const path = `PATCH /organizations/${organization.id}`;
    const report = await replayed([
      exchange('POST /organizations', { name: 'crew', branding: { logo_url: logo } }, 201, {
        ...organization,
        branding: { logo_url: logo },
      }),
      exchange(path, { branding: { colors } }, 200, { ...organization, branding: { logo_url: logo, colors } }),
      exchange(`GET /organizations/${organization.id}`, undefined, 200, {
        ...organization,
        branding: { logo_url: logo, colors },
      }),
    ]);
    expect(report.recordings[0]?.mismatches).toEqual([]);
  });

  it.each([
    {
      given: 'a map, which is replaced',
      exchanges: [
        exchange('POST /organizations', { name: 'crew', metadata: { a: '1' } }, 201, {
          ...organization,
          metadata: { a: '1' },
        }),
        exchange(`PATCH /organizations/${organization.id}`, { metadata: { b: '2' } }, 200, {
          ...organization,
          metadata: { a: '1', b: '2' },
        }),
      ],
    },
    {
      given: 'a merged object',
      exchanges: [
        exchange('POST /clients', { name: 'App', mobile: { ios: { team_id: 't' } } }, 201, {
          client_id: 'A'.repeat(32),
          name: 'App',
          mobile: { ios: { team_id: 't' } },
        }),
        exchange(`PATCH /clients/${'A'.repeat(32)}`, { mobile: { android: {} } }, 200, {
          client_id: 'A'.repeat(32),
          name: 'App',
          mobile: { android: {} },
        }),
      ],
    },
  ])('the contract decides: $given', async ({ exchanges }) => {
    const report = await replayed(exchanges);
    expect(report.recordings[0]?.mismatches.map(({ exchange: number }) => number)).toEqual([2]);
  });
});
