import { beforeAll, describe, expect, test } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { readContract } from '../../contract/read/read.js';
import type { Handle, Pages, PlainRequest, PlainResponse } from '../../tenant/exchange.js';
import { createTenant, type Tenant } from '../../tenant/tenant.js';
import { createConsole } from './console.js';

const API: PlainResponse = { status: 299, headers: {}, body: 'of the API' };
const api: Handle = () => API;
const LOCAL = { host: '127.0.0.1:4000' };

let tenant: Tenant;
let pages: Pages;

beforeAll(async () => {
  const contract = await defaultContract();
  tenant = await createTenant(contract);
  pages = createConsole({ contract, tenant, script: () => 'script' });
});

async function request(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = LOCAL,
  more: Partial<PlainRequest> = {},
): Promise<PlainResponse> {
  return pages({ method, path, query: '', headers, body: '', ...more }, api);
}

const SESSION = '/_rolecall/console/session';
const RELAY = '/_rolecall/console/relay';
const PAGE = { ...LOCAL, 'x-rolecall-console': 'page' };

test.each([
  '/',
  '/_rolecall/console',
  '/_rolecall/console/console.js',
  '/_rolecall/console/console.css',
  '/_rolecall/console/model.json',
])('GET %s is part of the page, and its policy allows nothing from elsewhere', async (path) => {
  const { status, headers } = await request('GET', path);
  expect(status).toBe(200);
  expect(headers['content-security-policy']).toMatch(
    /^default-src 'none'; script-src 'self'; style-src 'self'; .*connect-src 'self'/,
  );
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test('other paths are left to the API', async () => {
  expect(await request('GET', '/_rolecall/console/other')).toBe(API);
  expect(await request('POST', '/_rolecall/console/console.js')).toBe(API);
});

test('a contract with the path / keeps it', async () => {
  const root = { get: { operationId: 'root', responses: { '200': { description: 'The root.' } } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/': root } });
  const own = createConsole({ contract, tenant });
  expect(await own({ method: 'GET', path: '/', query: '', headers: LOCAL, body: '' }, api)).toBe(API);
});

describe('a session', () => {
  test('has a token with every scope, and the control token', async () => {
    const { status, body, headers } = await request('POST', SESSION, {
      ...PAGE,
      origin: 'http://127.0.0.1:4000',
      'sec-fetch-site': 'same-origin',
    });
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    const { token, controlToken } = JSON.parse(body) as Readonly<Record<string, string>>;
    expect(controlToken).toBe(tenant.control?.token);
    const listed = await tenant.fetch(`${tenant.audience}roles`, { headers: { authorization: `Bearer ${token}` } });
    expect(listed.status).toBe(200);
  });

  test.each([
    { given: 'another machine', headers: PAGE, more: { isRemote: true }, want: 403 },
    { given: 'a name that resolves to this machine', headers: { ...PAGE, host: 'evil.example' }, more: {}, want: 403 },
    { given: 'a page of another site', headers: { ...PAGE, origin: 'https://evil.example' }, more: {}, want: 403 },
    { given: 'a page of another port', headers: { ...PAGE, origin: 'http://127.0.0.1:4001' }, more: {}, want: 403 },
    { given: 'a frame without origin', headers: { ...PAGE, origin: 'null' }, more: {}, want: 403 },
    { given: 'a link on another site', headers: { ...PAGE, 'sec-fetch-site': 'cross-site' }, more: {}, want: 403 },
    { given: 'a form, which has no such header', headers: LOCAL, more: {}, want: 404 },
  ])('is refused: $given', async ({ headers, more, want }) => {
    const { status, body } = await request('POST', SESSION, headers, more);
    expect(status).toBe(want);
    expect(body).not.toContain('token"');
  });

  test('is not one for a GET, which a link can send', async () => {
    expect((await request('GET', SESSION, PAGE)).status).toBe(404);
  });
});

describe('the relay', () => {
  test('needs the secret of the session', async () => {
    const headers = { ...PAGE, 'x-rolecall-relay': 'http://127.0.0.1:1/' };
    expect(await request('GET', RELAY, headers)).toMatchObject({
      status: 403,
      body: expect.stringContaining('does not come from the console'),
    });
  });

  test('refuses other machines even with it', async () => {
    const { secret } = JSON.parse((await request('POST', SESSION, PAGE)).body) as { secret: string };
    const headers = { ...LOCAL, 'x-rolecall-console': secret, 'x-rolecall-relay': 'file:///etc/passwd' };
    expect((await request('GET', RELAY, headers, { isRemote: true })).status).toBe(403);
    expect((await request('GET', RELAY, headers)).body).toContain('expected an http or https URL');
  });
});
