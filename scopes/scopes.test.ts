import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Contract } from '../contract/contract.js';
import { defaultContract } from '../contract/load/default.js';
import { recordedScopes, runScopes } from './run-scopes.js';
import { formatScopes } from './text.js';

const folder = mkdtempSync(join(tmpdir(), 'rolecall-scopes-'));
let contract: Contract;
beforeAll(async () => {
  contract = await defaultContract();
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, value: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(value));
  return file;
}

const REFUSED = {
  statusCode: 403,
  error: 'Forbidden',
  message: 'Insufficient scope, expected any of: create:roles',
  errorCode: 'insufficient_scope',
};
const TOKEN = { client: 'client_1', audience: 'https://t.example/api/v2/', scopes: ['read:roles', 'read:users'] };

const WANT = {
  client: 'client_1',
  audience: 'https://t.example/api/v2/',
  requests: 2,
  used: [{ scope: 'read:roles', operations: ['roles.list'] }],
  granted: ['read:roles', 'read:users'],
  unused: ['read:users'],
  lacked: [{ operation: 'roles.create', scopes: ['create:roles'], refusals: 1 }],
};

const jwt = (claims: object): string =>
  `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2lnbmF0dXJl`;
const bearer = `Bearer ${jwt({ sub: 'client_1@clients', aud: TOKEN.audience, scope: TOKEN.scopes.join(' ') })}`;

const list = { method: 'GET', path: '/api/v2/roles' };
const create = { method: 'POST', path: '/api/v2/roles', body: { name: 'Guide' } };
const exchangeList = (request: object) => ({
  exchanges: [
    { request: { ...list, ...request }, response: { status: 200, body: [] } },
    { request: { ...create, ...request }, response: { status: 403, body: REFUSED } },
    { request: { method: 'GET', path: '/userinfo', ...request }, response: { status: 200, body: {} } },
  ],
});

const issuing = {
  request: {
    method: 'POST',
    path: '/oauth/token',
    body: { client_id: 'client_1', client_secret: '*****', audience: TOKEN.audience },
  },
  response: { status: 200, body: { access_token: '*****', scope: 'read:roles read:users' } },
};

const harEntry = ({ method, path }: typeof list, status: number, body: unknown) => ({
  startedDateTime: '2026-11-28T00:00:00Z',
  request: { method, url: `https://t.example${path}`, headers: [{ name: 'Authorization', value: bearer }] },
  response: { status, headers: [], content: { mimeType: 'application/json', text: JSON.stringify(body) } },
});

const goVcrEntry = ({ method, path }: typeof list, code: number, body: unknown) => ({
  request: { method, url: `https://t.example${path}`, headers: { Authorization: [bearer] }, body: '' },
  response: { code, headers: { 'Content-Type': ['application/json'] }, body: JSON.stringify(body) },
});

test('scopes that were never used share lines of 80 columns', () => {
  const unused = contract.operations.map(({ id }) => `read:${id}`);
  const text = formatScopes([{ requests: 1, used: [], unused, lacked: [] }], pc.createColors(false));
  const lines = text.slice(text.indexOf('never used'), text.indexOf('lacked')).trimEnd().split('\n');
  expect(lines.every((line) => line.length <= 80)).toBe(true);
  expect(lines.length).toBeLessThan(unused.length);
  expect(lines.join(' ').split(/\s+/).slice(2)).toEqual(unused);
});

describe('scopes of recorded clients', () => {
  test.each([
    { name: 'claims in an exchange list', value: exchangeList({ token: TOKEN }) },
    {
      name: 'the token endpoint, where tokens are left out',
      value: { exchanges: [issuing, ...exchangeList({}).exchanges] },
    },
    {
      name: 'tokens in a HAR',
      value: { log: { entries: [harEntry(list, 200, []), harEntry(create, 403, REFUSED)] } },
    },
    {
      name: 'tokens in a cassette',
      value: { version: 2, interactions: [goVcrEntry(list, 200, []), goVcrEntry(create, 403, REFUSED)] },
    },
  ])('come from $name', async ({ name, value }) => {
    expect(await recordedScopes([write(`${name}.json`, value)], contract)).toEqual([WANT]);
  });

  it('add up over recordings, and stay apart by client', async () => {
    const one = write('one.json', exchangeList({ token: TOKEN }));
    const other = write('other.json', exchangeList({ token: { client: 'client_2', scopes: ['create:roles'] } }));
    const clients = await recordedScopes([one, other, one], contract);
    expect(clients.map(({ client, requests }) => [client, requests])).toEqual([
      ['client_1', 4],
      ['client_2', 2],
    ]);
  });

  it('are printed as a table with the least client grant, and as JSON', async () => {
    const file = write('printed.json', exchangeList({ token: TOKEN }));
    let printed = '';
    const stdout = { write: (text: string) => (printed += text) } as unknown as NodeJS.WriteStream;
    expect(await runScopes([file], {}, { stdout, stderr: stdout, env: { NO_COLOR: '1' } })).toBe(0);
    expect(printed).toMatchInlineSnapshot(`
      "client_1 at https://t.example/api/v2/: 2 requests
        used        read:roles    roles.list
        never used  read:users
        lacked      create:roles  roles.create, 1 refusal

        the least client grant:
        {"client_id":"client_1","audience":"https://t.example/api/v2/","scope":["read:roles"]}
      "
    `);
    printed = '';
    await runScopes([file], { json: true }, { stdout, stderr: stdout, env: {} });
    const grant = { client_id: 'client_1', audience: TOKEN.audience, scope: ['read:roles'] };
    expect(JSON.parse(printed)).toEqual({ clients: [{ ...WANT, clientGrant: grant }] });
  });

  it('are unknown where no request needs a token', async () => {
    const file = write('none.json', { exchanges: [{ request: { ...list, path: '/x' }, response: { status: 200 } }] });
    await expect(runScopes([file], {}, process)).rejects.toThrow('no request to an operation that requires a token');
  });

  it('are not looked for where the contract has none', async () => {
    const paths = { '/x': { get: { responses: { '204': { description: 'ok' } } } } };
    const spec = write('plain.json', { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
    await expect(runScopes(['x.json'], { spec }, process)).rejects.toThrow('The contract has no scopes');
  });

  it('are looked for below another path than the recorded one', async () => {
    const below = { request: { ...list, path: '/gate/api/v2/roles' }, response: { status: 200 } };
    await expect(runScopes([write('below.json', { exchanges: [below] })], {}, process)).rejects.toThrow(
      'nothing is known about scopes. 1 request would be in the contract with the document\'s paths below "/gate/api/v2": pass an --overlay',
    );
  });
});
