import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { wantedCredentials } from './wanted-credentials.js';

const SCHEMES: JsonObject = {
  token: { type: 'http', scheme: 'bearer' },
  login: { type: 'http', scheme: 'basic' },
  header: { type: 'apiKey', in: 'header', name: 'X-Key' },
  query: { type: 'apiKey', in: 'query', name: 'key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'session' },
};
const TOKEN = 'ROLECALL_CLIENT_ID and ROLECALL_CLIENT_SECRET, or ROLECALL_TOKEN';

test.each<[readonly (readonly string[])[], string]>([
  [[['token']], TOKEN],
  [[['login']], 'ROLECALL_TOKEN to user:password'],
  [[['header']], 'ROLECALL_TOKEN to the value of the header "X-Key"'],
  [[['query']], 'ROLECALL_TOKEN to the value of the query parameter "key"'],
  [[['cookie']], 'ROLECALL_TOKEN to the value of the cookie "session"'],
  [[['header', 'token']], 'ROLECALL_TOKEN to the value of the header "X-Key"'],
  [[['token', 'header']], TOKEN],
  // Tokens go to some operations.
  [[['header'], ['token']], TOKEN],
  [[], TOKEN],
])('%j: %s', (operations, want) => {
  const paths = Object.fromEntries(
    operations.map((names, index) => [
      `/${index}`,
      { get: { security: names.map((name) => ({ [name]: [] })), responses: { '204': { description: 'ok' } } } },
    ]),
  );
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    components: { securitySchemes: SCHEMES },
    paths,
  });
  expect(wantedCredentials(contract)).toBe(want);
});
