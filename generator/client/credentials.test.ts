import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { clientSample } from '../emit/samples/client-sample.js';
import { curlSample } from '../emit/samples/curl.js';
import { sampleSource } from '../emit/samples/sample-source.js';
import { contractOf } from '../emit/test-support/contract.js';
import { foreignCredentialsInWords } from './credentials.js';
import { planClient } from './plan.js';

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer' },
  key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
  query: { type: 'apiKey', in: 'query', name: 'api_key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
  basic: { type: 'http', scheme: 'Basic' },
  mutual: { type: 'mutualTLS' },
  alias: { $ref: '#/components/securitySchemes/key' },
};

test.each([
  ['a bearer token', [{ bearer: [] }], '', '--header "Authorization: Bearer $ACCESS_TOKEN"'],
  [
    'a bearer token, or a key',
    [{ key: [] }, { bearer: [] }],
    'one of: an API key in the header `X-Api-Key`; a token',
    '--header "Authorization: Bearer $ACCESS_TOKEN"',
  ],
  ['a key in a header', [{ key: [] }], 'an API key in the header `X-Api-Key`', '--header "X-Api-Key: $API_KEY"'],
  ['a reference to a key', [{ alias: [] }], 'an API key in the header `X-Api-Key`', '--header "X-Api-Key: $API_KEY"'],
  ['a key in the query', [{ query: [] }], 'an API key in the query parameter `api_key`', '/v1/x?api_key=$API_KEY"'],
  ['a cookie', [{ cookie: [] }], 'an API key in the cookie `sid`', '--header "Cookie: sid=$API_KEY"'],
  ['a password', [{ basic: [] }], 'a user name and a password', '--user "$YOUR_USERNAME:$YOUR_PASSWORD"'],
  ['a certificate', [{ mutual: [] }], 'a client certificate', '--cert "$CLIENT_CERTIFICATE"'],
  [
    'a key and a token',
    [{ bearer: [], key: [] }],
    'an API key in the header `X-Api-Key`',
    'Bearer $ACCESS_TOKEN" \\\n  --header "X-Api-Key',
  ],
  ['nothing', [], '', "curl --request GET 'https://api.example/v1/x'"],
])('%s', (_, security, words, sample) => {
  const contract = contractOf({ '/x': { get: { security, responses: {} } } }, { securitySchemes });
  const [method] = planClient(contract).methods;
  if (method === undefined) throw new Error('the contract has one operation');
  const text = foreignCredentialsInWords(contract, method.operation);
  if (words === '') expect(text).toBe('');
  else expect(text).toContain(`Requires ${words}`);
  const pass = /`(key|query|cookie|basic|alias)`/;
  const isSent = words !== '' && !words.includes('certificate');
  expect(pass.test(text)).toBe(isSent);
  expect(curlSample(sampleSource(contract, method))).toContain(sample);
});

describe('an alternative without scopes beside one with scopes', () => {
  const security = [{ oauth: ['read:things'] }, { key: [] }];
  const wordsOf = (key: JsonObject): string => {
    const contract = contractOf(
      { '/x': { get: { security, responses: {} } } },
      { securitySchemes: { oauth: { type: 'oauth2', flows: {} }, key } },
    );
    const [operation] = contract.operations;
    return operation === undefined ? '' : foreignCredentialsInWords(contract, operation);
  };

  test('is named, and is said to be deprecated', () => {
    expect(wordsOf({ type: 'apiKey', in: 'header', name: 'X-Key', deprecated: true })).toBe(
      'Requires one of: a token; an API key in the header `X-Key`. Pass `key` in `credentials` of `createClient`. `key` is deprecated.',
    );
  });

  test('is not named if it is another way to send the token', () => {
    expect(wordsOf({ type: 'http', scheme: 'bearer' })).toBe('');
  });
});

test('a secret in the body has another placeholder than the password of the credentials', () => {
  const properties = { password: { type: 'string' } };
  const schema = { type: 'object', required: ['password'], properties };
  const requestBody = { content: { 'application/json': { schema } } };
  const operation = { security: [{ basic: [] }], requestBody, responses: {} };
  const contract = contractOf({ '/x': { post: operation } }, { securitySchemes });
  const [method] = planClient(contract).methods;
  if (method === undefined) throw new Error('the contract has one method');
  const sample = clientSample(sampleSource(contract, method), { folder: 'client' });
  expect(sample.match(/const YOUR_\w+/g)).toEqual([
    'const YOUR_USERNAME',
    'const YOUR_PASSWORD',
    'const YOUR_PASSWORD_2',
  ]);
});

test('the client takes an id that is a number as one', () => {
  const parameters = [{ name: 'no', in: 'path', required: true, schema: { type: 'integer' } }];
  const contract = contractOf({ '/x/{no}': { get: { operationId: 'read', parameters, responses: {} } } });
  const [method] = planClient(contract).methods;
  if (method === undefined) throw new Error('the contract has one method');
  expect(clientSample(sampleSource(contract, method), { folder: 'client' })).toContain('.read(Number(YOUR_NO));');
});
