import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { otherServer, planServer } from './server.js';

function contractAt(servers: JsonObject[], tokenUrl: string, operation: JsonObject = {}, item: JsonObject = {}) {
  return readContract({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    servers,
    paths: { '/x': { ...item, get: { responses: {}, ...operation } } },
    components: { securitySchemes: { o: { type: 'oauth2', flows: { clientCredentials: { tokenUrl, scopes: {} } } } } },
  });
}
const region = { region: { default: 'eu' } };

test.each([
  ['https://a.example', 'https://a.example/token', {}, 'token'],
  ['https://a.example', 'https://login.example/token', {}, 'https://login.example/token'],
  [
    'https://{region}.example:{port}',
    'https://eu.example:8443/token',
    { ...region, port: { default: '8443' } },
    'token',
  ],
  ['https://{region}.example/v1', 'https://{region}.example/token', region, 'token'],
  ['https://a.example', 'https://{tenant}/token', {}, ''],
])('with the server %s and the token URL %s', (url, tokenUrl, variables, want) => {
  expect(planServer(contractAt([{ url, variables }], tokenUrl)).tokenUrl).toBe(want);
});

const files = { servers: [{ url: 'https://files.example/z' }] };
test.each([
  ['with servers of the operation', files, {}, 'https://files.example/z'],
  ['with servers of its path', {}, files, 'https://files.example/z'],
  ['with another path on the same host', { servers: [{ url: '/other' }] }, {}, undefined],
  ['without servers', {}, {}, undefined],
])('the other server of an operation %s', (_, operation, item, want) => {
  const contract = contractAt([{ url: 'https://a.example' }], '/token', operation, item);
  expect(contract.operations.map((one) => otherServer(contract, one))).toEqual([want]);
});
