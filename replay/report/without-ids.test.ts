import { expect, test } from 'vitest';
import { withoutIds } from './without-ids.js';

test.each([
  ['GET /api/v2/users/auth0%7C64107988d3534be8b2dc383c?page=1', 'GET /api/v2/users/{id}'],
  ['GET /roles/rol_9yRKwo2Bl0zckceV/users', 'GET /roles/{id}/users'],
  ['GET /trees/17/leaves/3', 'GET /trees/{id}/leaves/{id}'],
  ['GET /v1a2b3c4d5/x', 'GET /{id}/x'],
  ['GET /v1-sandbox/invoices', 'GET /v1-sandbox/invoices'],
  ['GET /v2024-10-01/items', 'GET /v2024-10-01/items'],
  ['GET /api/listCustomers', 'GET /api/listCustomers'],
  ['GET /Customers/Addresses', 'GET /Customers/Addresses'],
])('%s is one of %s', (request, kind) => {
  expect(withoutIds(request)).toBe(kind);
});
