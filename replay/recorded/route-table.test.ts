import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { readContract } from '../../contract/read/read.js';
import { routeTable } from './route-table.js';

const routes = routeTable(await defaultContract());

test.each([
  { method: 'GET', path: '/api/v2/roles', id: '/api/v2/roles', parameters: {} },
  { method: 'GET', path: '/api/v2/%72oles', id: '/api/v2/roles', parameters: {} },
  { method: 'GET', path: '/api/v2/users/auth0%7Cx', id: '/api/v2/users/{id}', parameters: { id: 'auth0|x' } },
  { method: 'GET', path: '/api/v2/users/auth0|x', id: '/api/v2/users/{id}', parameters: { id: 'auth0|x' } },
  { method: 'GET', path: '/api/v2/users/a%2Fb', id: '/api/v2/users/{id}', parameters: { id: 'a/b' } },
])('$method $path', ({ method, path, id, parameters }) => {
  const match = routes.match(method, path);
  expect([match?.operation.route, match?.path]).toEqual([id, parameters]);
});

test.each([
  ['TRACE', '/api/v2/roles'],
  ['GET', '/api/v2/roles/'],
  ['GET', 'api/v2/roles'],
  ['GET', ''],
  ['GET', '/api/v2/users/..'],
  ['GET', '/api/v2/users/%2e%2e'],
  ['GET', '/api/v2/users/.'],
  ['GET', '/api/v2/users/%'],
])('%s %s matches no operation', (method, path) => {
  expect(routes.match(method, path)).toBeUndefined();
});

test.each([
  ['/v4/trees/1', '/v4/trees/{id}'],
  ['/v4beta/trees/1', '/v4/trees/{id}'],
  ['/eu/v4/trees/1', '/v4/trees/{id}'],
  ['/us/v4/trees/1', '/v4/trees/{id}'],
  ['/asia/v4/trees/1', undefined],
  ['/v4betas/trees/1', undefined],
  ['/trees/1', undefined],
])('%s of a document with several servers is %s', (path, route) => {
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Trees', version: '1' },
    servers: [
      { url: 'https://trees.example/v4' },
      { url: 'https://trees.example/v4beta/' },
      { url: '/{place}/v4', variables: { place: { default: 'eu', enum: ['eu', 'us'] } } },
    ],
    paths: { '/trees/{id}': { get: { responses: { 200: { description: 'A tree' } } } } },
  });
  expect(routeTable(contract).match('GET', path)?.operation.route).toBe(route);
});

test.each([
  ['/api/v2/trees/1', '/v3/trees/{id}', { id: '1' }],
  ['/api/trees/1', '/v3/trees/{id}', { id: '1' }],
  ['/trees/1', '/v3/trees/{id}', { id: '1' }],
  ['/v3/trees/1', '/v3/trees/{id}', { id: '1' }],
  ['/v3/oak/leaf', '/v3/{tree}/{part}', { tree: 'oak', part: 'leaf' }],
])('%s is found where the path of a server begins that of another', (path, route, parameters) => {
  const read: JsonObject = { get: { responses: { 200: { description: 'ok' } } } };
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Trees', version: '1' },
    servers: ['/v3', '/', '/api', '/api/v2'].map((url) => ({ url })),
    paths: { '/trees/{id}': read, '/{tree}/{part}': read, '/{a}/{b}/{c}': read, '/{a}/{b}/{c}/{d}': read },
  });
  const match = routeTable(contract).match('GET', path);
  expect([match?.operation.route, match?.path]).toEqual([route, parameters]);
});
