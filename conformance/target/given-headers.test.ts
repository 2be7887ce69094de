import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import { answeringTarget } from '../test-support/answering-target.js';
import { verifyTarget } from '../test-support/verify-target.js';
import { maskOf, readHeaders, withoutHeaders } from './given-headers.js';

test.each<[texts: readonly string[], want: JsonObject]>([
  [[], {}],
  [['X-Org-Id: 7', 'api-version:2022-06-28'], { 'x-org-id': '7', 'api-version': '2022-06-28' }],
  [['X-Note:  a: b ', 'X-Empty:'], { 'x-note': 'a: b', 'x-empty': '' }],
])('of %j', (texts, want) => {
  expect(readHeaders(texts)).toEqual(want);
});

test.each([
  ['X-Org-Id', '--header is not valid; expected "NAME: VALUE"'],
  ['X Org: 7', '--header is not valid; expected "NAME: VALUE"'],
  ['X-Org: a\nb', '--header is not valid; expected "NAME: VALUE"'],
  ['Authorization: Bearer s3cret', '--header "Authorization" is a header that a run sets itself; pass --token.'],
  ['Content-Type: text/plain', '--header "Content-Type" is a header that a run sets itself; leave it out.'],
])('%j is refused', (text, want) => {
  expect(() => readHeaders([text])).toThrow(want);
  expect(() => readHeaders([text])).not.toThrow('s3cret');
});

test.each([
  ['x-api-key', '$X_API_KEY'],
  ['apikey', '$APIKEY'],
  ['x-vault-token', '$X_VAULT_TOKEN'],
  ['cookie', '$COOKIE'],
  ['x-org-id', undefined],
  ['notion-version', undefined],
])('%s is masked as %s', (name, want) => {
  expect(maskOf(name)).toBe(want);
});

const ORG = { name: 'X-Org', in: 'header', required: true, schema: { type: 'string', enum: ['a', 'b'] } };
const document: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Two keys', version: '1' },
  security: [{ app: [], token: [] }],
  paths: {
    '/songs': {
      parameters: [{ $ref: '#/components/parameters/Org' }],
      get: {
        operationId: 'list',
        responses: {
          200: { description: 'Songs', ...json({ type: 'array', items: { type: 'string' } }) },
          401: { description: 'No token' },
          404: { description: 'No such organization' },
        },
      },
    },
  },
  components: {
    parameters: { Org: ORG },
    securitySchemes: {
      app: { type: 'apiKey', in: 'header', name: 'X-App-Key' },
      token: { type: 'http', scheme: 'bearer' },
    },
  },
};

test('what is sent with every request is no parameter, and no credential that is tried', () => {
  const contract = withoutHeaders(readContract(document), { 'x-org': 'a', 'x-app-key': 'k' });
  const [operation] = contract.operations;
  expect(operation?.parameters).toEqual([]);
  expect(operation?.security.map(({ scheme, place }) => [scheme, place])).toEqual([['token', undefined]]);
  const plain = readContract(document);
  expect(withoutHeaders(plain, {})).toBe(plain);
});

test('a server that wants two keys and a header is checked with a token', async () => {
  const headers = { 'x-app-key': 'app-key-of-ours', 'x-org': 'a' };
  const target = answeringTarget(
    ({ path, method, headers: sent }) => {
      if (sent['x-app-key'] !== 'app-key-of-ours' || sent.authorization !== 'Bearer token-of-ours') return [401];
      if (path !== '/songs' || sent['x-org'] !== 'a') return [404];
      return method === 'GET' ? [200, ['a']] : [405];
    },
    { token: 'token-of-ours' },
  );
  const contract = withoutHeaders(readContract(document), headers);
  const report = await verifyTarget(contract, { ...target, headers }, { only: [], seed: 1 });
  expect([report.verdict, report.findings.map(({ cause }) => cause)]).toEqual(['conforms', []]);
});

test('a finding repeats the headers in its commands, secrets masked', async () => {
  const headers = { 'x-app-key': 'app-key-of-ours-0123456789', 'x-org': 'a' };
  const target = answeringTarget(() => [200, { not: 'a list' }], { token: 'token-of-ours' });
  const contract = withoutHeaders(readContract(document), headers);
  const only = ['list/documented-success'];
  const { findings } = await verifyTarget(contract, { ...target, headers }, { only, seed: 1 });
  const [finding] = findings;
  expect(finding?.curl).toContain('-H "x-app-key: $X_APP_KEY" -H "x-org: a"');
  expect(JSON.stringify(findings)).not.toContain('app-key-of-ours');
});
