import { expect, test } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
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
