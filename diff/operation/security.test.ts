import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { differences } from '../test-support/differences.js';
import { answering, documentOf } from '../test-support/document.js';

const oauth = (tokenUrl: string, more: JsonObject = {}): JsonObject => ({
  type: 'oauth2',
  flows: { clientCredentials: { tokenUrl, scopes: { 'read:a': '', 'read:b': '', 'read:c': '' }, ...more } },
});
const key = (name: string, more: JsonObject = {}): JsonObject => ({ type: 'apiKey', in: 'header', name, ...more });
const SCHEMES: JsonObject = { oauth: oauth('https://a.example'), key: key('K'), other: key('Other') };

function secured(security: readonly JsonObject[] | undefined, schemes: JsonObject = SCHEMES): JsonObject {
  const operation = answering({}, security === undefined ? {} : { security: [...security] });
  return { ...documentOf({ '/a': { get: operation } }), components: { securitySchemes: schemes } };
}

const scopes = (...names: readonly string[]): JsonObject => ({ oauth: [...names] });
const A = 'read:a';
const B = 'read:b';
const C = 'read:c';
const AT = '/paths/~1a/get/security';

describe('requirements of an operation', () => {
  test.each<{
    given: string;
    before: readonly JsonObject[];
    after: readonly JsonObject[];
    want: readonly string[];
    undone: readonly string[];
  }>([
    {
      given: 'in another order',
      before: [scopes(A, B), scopes(C)],
      after: [scopes(C), scopes(B, A)],
      want: [],
      undone: [],
    },
    {
      given: 'none',
      before: [],
      after: [scopes(A), { key: [] }],
      want: [
        `authentication-required at ${AT}: a token is now required: a token with "read:a", or a token of "key" [- → -]`,
      ],
      undone: [`authentication-dropped at ${AT}: a token is no longer required [- → -]`],
    },
    { given: 'an empty one, which makes the token optional', before: [scopes(A), {}], after: [], want: [], undone: [] },
    {
      given: 'the closest of several weaker ones',
      before: [scopes(A, B, C)],
      after: [scopes(A), scopes(A, B)],
      want: [
        `scope-dropped at ${AT}/1: a token with "read:a", "read:b" and "read:c" no longer needs "read:c" [["read:a","read:b","read:c"] → ["read:a","read:b"]]`,
        `alternative-added at ${AT}/0: a token with "read:a" is also accepted [- → ["read:a"]]`,
      ],
      undone: [
        // The first is the least strict of those that contain it, the second needs the same one.
        `scope-required at ${AT}/0: a token with "read:a" is no longer sufficient, "read:b" and "read:c" is also required [["read:a"] → ["read:a","read:b","read:c"]]`,
        `scope-required at ${AT}/0: a token with "read:a" and "read:b" is no longer sufficient, "read:c" is also required [["read:a","read:b"] → ["read:a","read:b","read:c"]]`,
      ],
    },
    {
      given: 'the closest of several stricter ones',
      before: [scopes(A)],
      after: [scopes(A, B, C), scopes(A, C)],
      want: [
        `scope-required at ${AT}/1: a token with "read:a" is no longer sufficient, "read:c" is also required [["read:a"] → ["read:a","read:c"]]`,
        `alternative-added at ${AT}/0: a token with "read:a", "read:b" and "read:c" is also accepted [- → ["read:a","read:b","read:c"]]`,
      ],
      undone: [
        `scope-dropped at ${AT}/0: a token with "read:a", "read:b" and "read:c" no longer needs "read:b" and "read:c" [["read:a","read:b","read:c"] → ["read:a"]]`,
        `scope-dropped at ${AT}/0: a token with "read:a" and "read:c" no longer needs "read:c" [["read:a","read:c"] → ["read:a"]]`,
      ],
    },
    {
      given: 'scopes of which some are others',
      before: [scopes(A, B)],
      after: [scopes(A, C)],
      want: [
        `alternative-removed at ${AT}/0: a token with "read:a" and "read:b" is no longer accepted [["read:a","read:b"] → -]`,
        `alternative-added at ${AT}/0: a token with "read:a" and "read:c" is also accepted [- → ["read:a","read:c"]]`,
      ],
      undone: [
        `alternative-removed at ${AT}/0: a token with "read:a" and "read:c" is no longer accepted [["read:a","read:c"] → -]`,
        `alternative-added at ${AT}/0: a token with "read:a" and "read:b" is also accepted [- → ["read:a","read:b"]]`,
      ],
    },
    {
      given: 'a scheme and a scope fewer',
      before: [{ ...scopes(A, B), key: [] }],
      after: [scopes(A)],
      want: [
        `scheme-dropped at ${AT}/0: a token with "read:a" and "read:b" no longer needs "key" [["key","oauth"] → ["oauth"]]`,
        `scope-dropped at ${AT}/0: a token with "read:a" and "read:b" no longer needs "read:b" [["read:a","read:b"] → ["read:a"]]`,
      ],
      undone: [
        `alternative-removed at ${AT}/0: a token with "read:a" is no longer accepted [["read:a"] → -]`,
        `alternative-added at ${AT}/0: a token with "read:a" and "read:b" is also accepted [- → ["read:a","read:b"]]`,
      ],
    },
    {
      given: 'another scheme without scopes',
      before: [{ key: [] }],
      after: [{ other: [] }],
      want: [
        `alternative-removed at ${AT}/0: a token of "key" is no longer accepted [[] → -]`,
        `alternative-added at ${AT}/0: a token of "other" is also accepted [- → []]`,
      ],
      undone: [
        `alternative-removed at ${AT}/0: a token of "other" is no longer accepted [[] → -]`,
        `alternative-added at ${AT}/0: a token of "key" is also accepted [- → []]`,
      ],
    },
    {
      given: 'the same scope of two schemes',
      before: [{ oauth: [A], again: [A] }],
      after: [scopes(A)],
      want: [
        `scheme-dropped at ${AT}/0: a token with "read:a" no longer needs "again" [["again","oauth"] → ["oauth"]]`,
      ],
      undone: [
        `alternative-removed at ${AT}/0: a token with "read:a" is no longer accepted [["read:a"] → -]`,
        `alternative-added at ${AT}/0: a token with "read:a" is also accepted [- → ["read:a"]]`,
      ],
    },
  ])('$given', ({ before, after, want, undone }) => {
    const schemes = { ...SCHEMES, again: oauth('https://b.example') };
    const sorted = (lines: readonly string[]) => [...lines].sort();
    const [old, now] = [secured(before, schemes), secured(after, schemes)];
    expect(sorted(differences(old, now))).toEqual(sorted(want));
    expect(sorted(differences(now, old))).toEqual(sorted(undone));
  });

  test('those of the document, unless the operation has its own', () => {
    const whole = (document: JsonObject, ...security: readonly JsonObject[]) => ({
      ...document,
      security: [...security],
    });
    expect(differences(whole(secured(undefined), scopes(A)), whole(secured(undefined), scopes(A, B)))).toEqual([
      'scope-required at /security/0: a token with "read:a" is no longer sufficient, "read:b" is also required [["read:a"] → ["read:a","read:b"]]',
    ]);
    expect(differences(whole(secured([scopes(A)]), scopes(A)), whole(secured([scopes(A)]), scopes(A, B)))).toEqual([]);
    expect(differences(secured([scopes(A)]), whole(secured(undefined), scopes(A)))).toEqual([]);
  });

  test('a removed one whose sources disagreed', () => {
    const document = secured([scopes(A), scopes(B)]);
    const doubted = { '/security/1': { grade: 'disputed', source: 'the guide', against: 'the manual' } };
    const before = {
      ...document,
      paths: { '/a': { get: answering({}, { security: [scopes(A), scopes(B)], 'x-evidence': doubted }) } },
    };
    expect(differences(before, secured([scopes(A)]))).toEqual([
      `alternative-removed at ${AT}/1: a token with "read:b" is no longer accepted (its sources disagreed) [["read:b"] → -]`,
    ]);
  });
});

describe('security schemes', () => {
  const changed = (place: string, field: string, from: string, to: string): string =>
    `security-scheme-changed at /components/securitySchemes/${place}: ${field} went from "${from}" to "${to}" ["${from}" → "${to}"]`;
  const AS_BEFORE = [scopes(A)];

  test.each<{ given: string; before: JsonObject; after: JsonObject; want: readonly string[] }>([
    {
      given: 'with another description',
      before: { key: key('K') },
      after: { key: key('K', { description: 'x' }) },
      want: [],
    },
    {
      given: 'with another name and place of the key',
      before: { key: key('K') },
      after: { key: key('k', { in: 'query' }) },
      want: [
        changed('key/in', 'in of security scheme "key"', 'header', 'query'),
        changed('key/name', 'name of security scheme "key"', 'K', 'k'),
      ],
    },
    {
      given: 'with another scheme',
      before: { http: { type: 'http', scheme: 'bearer' } },
      after: { http: { type: 'http', scheme: 'basic' } },
      want: [changed('http/scheme', 'scheme of security scheme "http"', 'bearer', 'basic')],
    },
    {
      given: 'with another address of OpenID Connect',
      before: { oidc: { type: 'openIdConnect', openIdConnectUrl: 'https://a.example' } },
      after: { oidc: { type: 'openIdConnect', openIdConnectUrl: 'https://b.example' } },
      want: [
        changed(
          'oidc/openIdConnectUrl',
          'openIdConnectUrl of security scheme "oidc"',
          'https://a.example',
          'https://b.example',
        ),
      ],
    },
    {
      given: 'with another token URL',
      before: { oauth: oauth('https://a.example') },
      after: { oauth: oauth('https://b.example') },
      want: [
        changed(
          'oauth/flows/clientCredentials/tokenUrl',
          'tokenUrl of flow clientCredentials of security scheme "oauth"',
          'https://a.example',
          'https://b.example',
        ),
      ],
    },
    { given: 'added', before: {}, after: { key: key('K') }, want: [] },
    { given: 'removed', before: { key: key('K') }, after: {}, want: [] },
  ])('$given', ({ before, after, want }) => {
    const holding = (schemes: JsonObject) => secured(AS_BEFORE, { oauth: oauth('https://a.example'), ...schemes });
    expect(differences(holding(before), holding(after))).toEqual(want);
  });

  test('a flow that only one of the contracts has', () => {
    const flows = (more: JsonObject): JsonObject => ({
      oauth: { type: 'oauth2', flows: { ...(oauth('https://a.example').flows as JsonObject), ...more } },
    });
    const implicit = { implicit: { authorizationUrl: 'https://a.example', scopes: {} } };
    expect(differences(secured(AS_BEFORE, flows({})), secured(AS_BEFORE, flows(implicit)))).toEqual([]);
    expect(differences(secured(AS_BEFORE, flows(implicit)), secured(AS_BEFORE, flows({})))).toEqual([]);
  });

  test('a renamed scheme is the same scheme only if it is equal otherwise', () => {
    const renamed = (name: string, scheme: JsonObject) => secured([{ [name]: [] }], { [name]: scheme });
    const before = renamed('key', key('K', { description: 'Old' }));
    expect(differences(before, renamed('token', key('K', { description: 'New' })))).toEqual([]);
    expect(differences(before, renamed('token', key('T')))).toEqual([
      `alternative-removed at ${AT}/0: a token of "key" is no longer accepted [[] → -]`,
      `alternative-added at ${AT}/0: a token of "token" is also accepted [- → []]`,
    ]);
  });
});
