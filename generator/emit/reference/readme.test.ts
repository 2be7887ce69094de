import { expect, it } from 'vitest';
import type { JsonObject } from '../../../contract/contract.js';
import { readContract } from '../../../contract/read/read.js';
import { planClient } from '../../client/plan.js';
import { emitReadme } from './readme.js';

const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Trees', version: '1' },
  paths: { '/t': { get: {} } },
});

it.each([
  [{}, 'npm install openapi-fetch', []],
  [
    { validators: 'zod', msw: true, query: 'tanstack' } as const,
    'npm install openapi-fetch zod msw @tanstack/react-query',
    ['validators.ts', 'msw.ts', 'queries.ts'],
  ],
])('names the modules and packages of %j', (extras, install, files) => {
  const { text } = emitReadme(contract, planClient(contract), extras);
  expect(text.split('\n')).toContain(install);
  expect(['validators.ts', 'msw.ts', 'queries.ts'].filter((file) => text.includes(`| \`${file}\` |`))).toEqual(files);
});

it.each<[schemes: JsonObject, want: string]>([
  [{ key: { type: 'apiKey', in: 'header', name: 'X-Key' } }, "credentials: { key: '…' }"],
  [{ 'api-key': { type: 'apiKey', in: 'query', name: 'key' } }, 'credentials: { "api-key": \'…\' }'],
  [{ token: { type: 'http', scheme: 'bearer' } }, "token: '…'"],
  [{ token: { type: 'http', scheme: 'bearer' }, key: { type: 'apiKey', in: 'header', name: 'X-Key' } }, "token: '…'"],
  [{}, "token: '…'"],
])('shows what an API with %j takes', (securitySchemes, want) => {
  const api = readContract({
    openapi: '3.1.0',
    info: { title: 'Trees', version: '1' },
    security: Object.keys(securitySchemes).map((name) => ({ [name]: [] })),
    paths: { '/t': { get: {} } },
    components: { securitySchemes },
  });
  const { text } = emitReadme(api, planClient(api));
  expect(text).toContain(`createClient({ baseUrl: 'https://…', ${want} })`);
  expect(text).toContain(`connect({ baseUrl: 'https://…', ${want} })`);
});
