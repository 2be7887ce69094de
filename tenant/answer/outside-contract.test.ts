import { beforeEach, expect, test } from 'vitest';
import type { Contract } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import type { ServedRequest } from '../log/served-request.js';
import type { Tenant } from '../tenant.js';
import { createTenant } from '../tenant.js';
import { key } from '../test-support/school.js';
import { outsideHeader, slashAdvice } from './outside-contract.js';

let contract: Contract;
let tenant: Tenant;
let served: ServedRequest[];
let authorization: string;

beforeEach(async () => {
  contract = await defaultContract();
  served = [];
  tenant = await createTenant(contract, { seed: 1, key: await key, onRequest: (each) => served.push(each) });
  authorization = `Bearer ${await tenant.token()}`;
});

/** Status, header, log reason and body of the answer to a request of the API. */
async function ask(method: string, target: string, sent?: object): Promise<readonly unknown[]> {
  const headers = { authorization, 'content-type': 'application/json' };
  const body = sent === undefined ? {} : { body: JSON.stringify(sent) };
  const response = await tenant.fetch(`${tenant.url}${target}`, { method, headers, ...body });
  return [response.status, response.headers.get('x-rolecall-outside-contract'), served.at(-1)?.reason];
}

test('an undeclared query parameter is refused by operations with and without query parameters', async () => {
  expect(await ask('GET', '/api/v2/roles?q=x')).toEqual([400, 'query q', 'outside the contract: query q']);
  expect(await ask('GET', '/api/v2/roles/rol_0000000000000001?q=x&sort=y')).toEqual([
    400,
    'query q, sort',
    'outside the contract: query q, sort',
  ]);
  expect(served.at(-1)).toMatchObject({ query: 'q=x&sort=y', operation: expect.any(String) });
});

test('every operation refuses an undeclared query parameter', async () => {
  for (const { method, route, effect, requestBody } of contract.operations) {
    const path = route.replace(/\{[^}]+\}/g, 'rol_0000000000000001');
    const [status, header] = await ask(method, `${path}?undeclared=1`, requestBody === undefined ? undefined : {});
    expect({ route, effect, status, header }).toEqual({ route, effect, status: 400, header: 'query undeclared' });
  }
});

test('an empty path is outside the contract, although the template of another path matches it', async () => {
  const outside = (path: string): readonly unknown[] => [501, `path ${path}`, 'outside the contract: path'];
  for (const listing of ['organizations', 'clients', 'client-grants', 'resource-servers']) {
    const path = `/api/v2/${listing}/search`;
    expect(await ask('GET', `${path}?q=x`)).toEqual(outside(path));
    expect(await ask('DELETE', path)).toEqual(outside(path));
    expect(await ask('GET', `/api/v2/${listing}/searches`)).toEqual([404, null, expect.stringMatching(/^unknown/)]);
  }
});

test('an undeclared property is refused and marked', async () => {
  expect(await ask('POST', '/api/v2/roles', { name: 'Guide', colour: 'red' })).toEqual([
    400,
    'property colour',
    'outside the contract: property colour',
  ]);
});

test('an invalid value is inside the contract', async () => {
  expect(await ask('GET', '/api/v2/roles?page=x')).toEqual([400, null, expect.stringMatching(/^invalid query: /)]);
  expect(await ask('POST', '/api/v2/roles', { name: 5 })).toEqual([
    400,
    null,
    expect.stringMatching(/^invalid body: /),
  ]);
});

test('a path of the API that the contract lacks is not implemented', async () => {
  expect(await ask('GET', '/api/v2/tickets?page=1')).toEqual([
    501,
    'path /api/v2/tickets',
    'outside the contract: path',
  ]);
  expect(await ask('GET', '/elsewhere')).toEqual([404, null, 'Unknown path /elsewhere']);
});

test('a method that a path lacks is not allowed', async () => {
  expect(await ask('PUT', '/api/v2/roles')).toEqual([
    405,
    'method PUT',
    'outside the contract: method PUT; expected one of GET, POST, HEAD, OPTIONS',
  ]);
});

test('the log says how to write slashes in ids', async () => {
  const advice = 'outside the contract: path (in an id, write "/" as %2F)';
  for (const path of [
    '/api/v2/users/auth0|a/b',
    '/api/v2/users/samlp%7Ca/b/roles',
    '/api/v2/resource-servers/https://x/',
  ])
    expect((await ask('GET', path))[2], path).toBe(advice);
});

test.each(['/api/v2/tickets', '/api/v2/users/a/b', '/a/b|c'])('%s has no advice about slashes', (path) => {
  expect(slashAdvice(path)).toBe('');
});

test('the header contains only printable characters and is short', () => {
  expect(outsideHeader(`query \r\né${'x'.repeat(300)}`)).toEqual({
    'x-rolecall-outside-contract': `query ???${'x'.repeat(191)}`,
  });
});
