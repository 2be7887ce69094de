import { expect, test } from 'vitest';
import type { JsonObject } from '../../../contract/contract.js';
import { contractOf } from '../test-support/contract.js';
import { schemeParagraphs } from './schemes.js';

const FLOWS = {
  deviceAuthorization: { deviceAuthorizationUrl: 'https://a.example/d', tokenUrl: 'https://a.example/t', scopes: {} },
  authorizationCode: { authorizationUrl: 'https://a.example/a', tokenUrl: 'https://a.example/t', scopes: {} },
  implicit: { authorizationUrl: 'https://a.example/a', scopes: {} },
  password: { scopes: {} },
  clientCredentials: { tokenUrl: 'https://a.example/t', scopes: {} },
};

function paragraphsOf(oauth: object): readonly string[] {
  const securitySchemes = {
    oauth: { type: 'oauth2', ...oauth },
    unused: { type: 'http', scheme: 'basic', description: 'Unused.' },
  };
  const operation = { security: [{ oauth: [] }], responses: {} };
  return schemeParagraphs(contractOf({ '/x': { get: operation } }, { securitySchemes })).filter((text) => text !== '');
}

test('each flow for users has its URLs in the order of their use', () => {
  expect(paragraphsOf({ flows: FLOWS, description: 'Sign in.' }).join('\n')).toMatchInlineSnapshot(`
    "Sign in.
    \`oauth\` has these OAuth 2.0 flows for users. The generated client takes the token, and does not run a flow:
    - Device authorization: request a code at \`https://a.example/d\`, get the token at \`https://a.example/t\`
    - Authorization code: sign in at \`https://a.example/a\`, get the token at \`https://a.example/t\`
    - Implicit: sign in at \`https://a.example/a\`
    - Password"
  `);
});

test('a scheme is said to be deprecated', () => {
  expect(paragraphsOf({ flows: {}, deprecated: true })).toEqual(['The security scheme `oauth` is deprecated.']);
});

test('nothing is said of client credentials, which have a section', () => {
  expect(paragraphsOf({ flows: { clientCredentials: FLOWS.clientCredentials } })).toEqual([]);
});

test('with several schemes, or one that is not a token, each is named', () => {
  const securitySchemes = {
    key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    token: { type: 'http', scheme: 'bearer', description: 'From the console.' },
  };
  const named = (...security: JsonObject[]) =>
    schemeParagraphs(contractOf({ '/x': { get: { security, responses: {} } } }, { securitySchemes })).filter(Boolean);
  expect(named({ key: [] }, { token: [] })).toEqual([
    '`key` is an API key in the header `X-Key`.',
    '`token` is a bearer token.',
    'From the console.',
  ]);
  expect(named({ key: [] })).toEqual(['`key` is an API key in the header `X-Key`.']);
  expect(named({ token: [] })).toEqual(['From the console.']);
});
