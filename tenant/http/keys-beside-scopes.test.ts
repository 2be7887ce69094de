import { beforeAll, expect, test } from 'vitest';
import { readContract } from '../../contract/read/read.js';
import { createTenant, type Tenant } from '../tenant.js';

// As in public documents: an OAuth client needs scopes, a key of the account does not.
const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Shelves', version: '1' },
  paths: {
    '/shelves': {
      get: {
        operationId: 'shelves.list',
        security: [{ oauth: ['read'] }, { account: [] }, { plain: [] }],
        responses: { '200': { description: 'Shelves.' }, '401': { description: 'No.' }, '403': { description: 'No.' } },
      },
    },
  },
  components: {
    securitySchemes: {
      oauth: {
        type: 'oauth2',
        flows: { clientCredentials: { tokenUrl: 'https://x.example/token', scopes: { read: 'Reads.' } } },
      },
      account: { type: 'apiKey', in: 'header', name: 'X-Account-Key' },
      plain: { type: 'http', scheme: 'bearer' },
    },
  },
});

let tenant: Tenant;
beforeAll(async () => {
  tenant = await createTenant(contract);
});

test.each<[string, (token: string) => Record<string, string>, readonly string[], number]>([
  ['a token with the scope', (token) => ({ authorization: `Bearer ${token}` }), ['read'], 200],
  ['a token without the scope', (token) => ({ authorization: `Bearer ${token}` }), [], 403],
  ['the key, which needs no scope', (token) => ({ 'x-account-key': token }), [], 200],
  ['an empty key', () => ({ 'x-account-key': '' }), [], 401],
  ['neither', () => ({}), [], 401],
])('%s', async (_, headersWith, scopes, status) => {
  const headers = headersWith(await tenant.token({ scopes }));
  expect((await tenant.handle({ method: 'GET', path: '/shelves', query: '', headers, body: '' })).status).toBe(status);
});
