import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../contract/contract.js';
import { getPointer } from '../contract/pointer.js';
import { readContract } from '../contract/read/read.js';
import { type Step, stepFor } from './change.js';
import { diffContracts } from './diff-contracts.js';
import type { ChangeKind } from './kinds.js';
import { changeText } from './test-support/change-lines.js';
import { answering, documentOf, json } from './test-support/document.js';
import { PLANTED } from './test-support/planted.js';

function diff(before: JsonObject, after: JsonObject) {
  return diffContracts(readContract(before), readContract(after));
}

describe('one operation', () => {
  test.each(PLANTED)('$given', ({ before, after, want }) => {
    const document = (operation: JsonObject | undefined): JsonObject =>
      documentOf({ '/kept': { get: answering({}) }, ...(operation && { '/things': { post: operation } }) });
    const changes = diff(document(before), document(after));
    expect(changes.map(({ kind }) => kind)).toEqual(want);
    for (const { pointer } of changes) {
      const places = [after, before].map((operation) => getPointer(document(operation), pointer));
      expect(places).not.toEqual([undefined, undefined]);
    }
  });
});

test('each of them, and each undone, in words, with its place and its values', async () => {
  const document = (operation: JsonObject | undefined): JsonObject =>
    documentOf({ '/kept': { get: answering({}) }, ...(operation && { '/things': { post: operation } }) });
  const cases = PLANTED.flatMap(({ given, before, after }) => [
    [given, diff(document(before), document(after))] as const,
    [`${given}, undone`, diff(document(after), document(before))] as const,
  ]);
  await expect(changeText(cases)).toMatchFileSnapshot('test-support/planted-changes.txt');
});

test('an operation with the same operationId and another path has moved', () => {
  const operation = { ...answering({}), operationId: 'things.read' };
  const changes = diff(documentOf({ '/things': { get: operation } }), documentOf({ '/stuff': { post: operation } }));
  expect(changes).toEqual([
    expect.objectContaining({
      kind: 'operation-moved',
      operations: ['things.read'],
      from: 'GET /things',
      to: 'POST /stuff',
    }),
  ]);
});

test('two path templates of one shape are compared each with itself', () => {
  const read = (property: string): JsonObject => answering({ properties: { [property]: {} } });
  const document = (property: string) =>
    documentOf({ '/things/{id}': { get: read('a') }, '/things/{name}': { get: read(property) } });
  expect(diff(document('b'), document('b'))).toEqual([]);
  const places = diff(document('b'), document('c')).map(({ pointer }) => pointer);
  expect(places).toHaveLength(2);
  for (const place of places) expect(place).toMatch(/^\/paths\/~1things~1\{name\}\//);
});

test('a path with a renamed parameter is the same path', () => {
  const path = (name: string, more: JsonObject): JsonObject => ({
    [`/things/{${name}}`]: {
      get: { ...answering({}, more), parameters: [{ name, in: 'path', required: true, schema: { type: 'string' } }] },
    },
  });
  const kinds = (more: JsonObject): readonly ChangeKind[] =>
    diff(documentOf(path('id', more)), documentOf(path('thing_id', more))).map(({ kind }) => kind);
  expect(kinds({ operationId: 'things.read' })).toEqual(['path-parameter-renamed']);
  // Without an operationId the client method is named after the path.
  expect(kinds({})).toEqual(['client-method-renamed', 'path-parameter-renamed']);
});

test('a change of a shared component is one change with all its operations', () => {
  const paths = {
    '/a': { get: { ...answering({ $ref: '#/components/schemas/Thing' }), operationId: 'a' } },
    '/b': { get: { ...answering({ $ref: '#/components/schemas/Thing' }), operationId: 'b' } },
  };
  const thing = (properties: JsonObject) => documentOf(paths, { components: { schemas: { Thing: { properties } } } });
  expect(diff(thing({ name: { type: 'string' } }), thing({}))).toEqual([
    expect.objectContaining({
      kind: 'response-property-removed',
      operations: ['a', 'b'],
      pointer: '/components/schemas/Thing/properties/name',
    }),
  ]);
});

describe('disputed alternatives', () => {
  const doubted = { grade: 'disputed', source: 'the guide', against: 'the manual' };
  const guarded = (scopes: readonly string[], evidence: JsonObject): JsonObject =>
    documentOf({
      '/a': {
        get: {
          ...answering({}),
          security: [{ oauth: [...scopes] }, { oauth: ['write:things'] }],
          'x-evidence': evidence,
        },
      },
    });

  test('do not replace a certain one that became stricter', () => {
    const before = guarded(['read:things', 'write:things'], { '/security/1': doubted });
    const after = guarded(['read:things', 'write:things', 'read:all'], { '/security/1': doubted });
    expect(diff(before, after).map(({ kind }) => kind)).toEqual(['scope-required']);
  });

  test('match the same alternative when it was certain before', () => {
    const before = guarded(['read:things'], { '/security/1': { grade: 'documented', source: 'the manual' } });
    const after = guarded(['read:things'], { '/security/1': doubted });
    expect(diff(before, after).map(({ kind }) => kind)).toEqual(['evidence-changed']);
  });
});

describe('servers and security schemes', () => {
  const paths = { '/a': { get: answering({}) } };
  const tokenUrl = (url: string): JsonObject => ({
    components: {
      securitySchemes: { oauth: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: url, scopes: {} } } } },
    },
  });

  test('a removed and an added server', () => {
    const servers = (url: string) => documentOf(paths, { servers: [{ url }] });
    const changes = diff(servers('https://a.example/v1'), servers('https://a.example/v2'));
    expect(changes.map(({ kind, pointer }) => [kind, pointer])).toEqual([
      ['server-removed', '/servers/0'],
      ['server-added', '/servers/0'],
    ]);
  });

  const variable = (value: string, url = 'https://{host}/v1'): JsonObject => ({
    servers: [{ url, variables: { host: { default: value } } }],
  });
  const own = (url: string): JsonObject => ({ '/a': { servers: [{ url }], get: answering({}) } });
  const cases: readonly { given: string; before: JsonObject; after: JsonObject; want: readonly ChangeKind[] }[] = [
    {
      given: 'a trailing slash in the URL',
      before: documentOf(paths, { servers: [{ url: 'https://a.example/v1' }] }),
      after: documentOf(paths, { servers: [{ url: 'https://a.example/v1/' }] }),
      want: [],
    },
    {
      given: 'another default of a variable',
      before: documentOf(paths, variable('a.example')),
      after: documentOf(paths, variable('b.example')),
      want: ['server-default-changed'],
    },
    {
      given: 'a server of the operation',
      before: documentOf(paths),
      after: documentOf(own('https://files.example/v9')),
      want: ['operation-server-removed', 'operation-server-added'],
    },
    {
      given: 'a server of the operation with the URL of the document',
      before: documentOf(paths),
      after: documentOf(own('https://api.example/v1/')),
      want: [],
    },
    {
      given: 'texts of the contract and a tag',
      before: documentOf(paths, { info: { title: 'A', version: '1' }, tags: [{ name: 't', description: 'Old' }] }),
      after: documentOf(paths, { info: { title: 'B', version: '2' }, tags: [{ name: 't', description: 'New' }] }),
      want: ['contract-described', 'contract-described'],
    },
  ];
  test.each(cases)('$given', ({ before, after, want }) => {
    expect(diff(before, after).map(({ kind }) => kind)).toEqual(want);
  });

  test('another token URL', () => {
    const changes = diff(
      documentOf(paths, tokenUrl('https://a.example')),
      documentOf(paths, tokenUrl('https://b.example')),
    );
    expect(changes.map(({ kind }) => kind)).toEqual(['security-scheme-changed']);
  });
});

describe('schemes that are required together', () => {
  const key = { type: 'apiKey', in: 'header', name: 'K' };
  const asking = (security: JsonObject, schemes: JsonObject = { key }): JsonObject => {
    const document = documentOf({ '/a': { get: { ...answering({}), security: [security].flat() } } });
    const oauth = getPointer(document, '/components/securitySchemes/oauth') ?? {};
    return { ...document, components: { securitySchemes: { oauth, ...schemes } } };
  };
  const both = { oauth: ['read:things'], key: [] };
  const cases: readonly { given: string; before: JsonObject; after: JsonObject; want: readonly ChangeKind[] }[] = [
    { given: 'in another order', before: asking(both), after: asking({ key: [], oauth: ['read:things'] }), want: [] },
    {
      given: 'one scheme fewer',
      before: asking(both),
      after: asking({ oauth: ['read:things'] }),
      want: ['scheme-dropped'],
    },
    {
      given: 'one scheme more',
      before: asking({ oauth: ['read:things'] }),
      after: asking(both),
      want: ['alternative-removed', 'alternative-added'],
    },
    {
      given: 'a renamed scheme',
      before: asking(both),
      after: asking({ oauth: ['read:things'], token: [] }, { token: key }),
      want: [],
    },
  ];
  test.each(cases)('$given', ({ before, after, want }) => {
    expect(diff(before, after).map(({ kind }) => kind)).toEqual(want);
  });

  test('an API key beside a token that is no longer accepted', () => {
    const document = (...security: readonly JsonObject[]): JsonObject => ({
      ...asking({}),
      security: [...security],
      paths: { '/a': { get: answering({}) } },
    });
    const changes = diff(document({ oauth: ['read:things'] }, { key: [] }), document({ oauth: ['read:things'] }));
    expect(changes.map(({ kind }) => kind)).toEqual(['alternative-removed']);
  });
});

describe('client methods', () => {
  const tagged = (tag: string): JsonObject => ({ ...answering({}), operationId: 'read', tags: [tag] });
  test('are renamed when a tag changes', () => {
    expect(diff(documentOf({ '/a': { get: tagged('x') } }), documentOf({ '/a': { get: tagged('y') } }))).toEqual([
      expect.objectContaining({ kind: 'client-method-renamed', from: 'x.read', to: 'y.read' }),
      expect.objectContaining({ kind: 'operation-described' }),
    ]);
  });

  test('are renamed when a new operation takes their name', () => {
    const named = (operationId: string): JsonObject => ({ ...answering({}), operationId });
    const changes = diff(
      documentOf({ '/b': { get: named('get_thing') } }),
      documentOf({ '/a': { get: named('get-thing') }, '/b': { get: named('get_thing') } }),
    );
    expect(changes.map(({ kind }) => kind)).toEqual(['client-method-renamed', 'operation-added']);
  });
});

test('a discriminator value with another form, and a new value', () => {
  const pet = (mapping: JsonObject): JsonObject =>
    documentOf(
      {
        '/a': {
          get: answering({
            oneOf: [{ $ref: '#/components/schemas/Cat' }],
            discriminator: { propertyName: 'kind', mapping },
          }),
        },
      },
      { components: { schemas: { Cat: { type: 'object' }, Dog: { type: 'string' } } } },
    );
  expect(diff(pet({ cat: 'Cat' }), pet({ tom: '#/components/schemas/Cat' })).map(({ kind }) => kind)).toEqual([
    'response-discriminator-changed',
    'response-discriminator-value-added',
  ]);
  expect(diff(pet({ cat: 'Cat' }), pet({ cat: '#/components/schemas/Cat' }))).toEqual([]);
  expect(diff(pet({ cat: 'Cat' }), pet({ cat: 'Dog' }))).toEqual([
    expect.objectContaining({
      kind: 'response-discriminator-changed',
      what: 'form "cat" of the 200 answer went from "Cat" to "Dog"',
    }),
  ]);
});

describe('webhooks and callbacks', () => {
  const hook = (schema: JsonObject, description = ''): JsonObject =>
    documentOf(
      {},
      {
        webhooks: {
          made: { post: { description, requestBody: { content: json({ $ref: '#/components/schemas/A' }) } } },
        },
        components: { schemas: { A: schema } },
      },
    );
  const text = { type: 'string' };
  const cases: readonly { given: string; before: JsonObject; after: JsonObject; want: readonly ChangeKind[] }[] = [
    { given: 'with another description', before: hook(text, 'Old'), after: hook(text, 'New'), want: [] },
    { given: 'with another body', before: hook(text), after: hook({ type: 'integer' }), want: ['webhook-changed'] },
    { given: 'removed', before: hook(text), after: documentOf({}), want: ['webhook-removed'] },
    { given: 'added', before: documentOf({}), after: hook(text), want: ['webhook-added'] },
    {
      given: 'a callback',
      before: documentOf({
        '/a': { get: answering({}, { callbacks: { done: { '{$url}': { post: answering({}) } } } }) },
      }),
      after: documentOf({ '/a': { get: answering({}) } }),
      want: ['callback-removed'],
    },
  ];
  test.each(cases)('$given', ({ before, after, want }) => {
    expect(diff(before, after).map(({ kind }) => kind)).toEqual(want);
  });
});

describe('the version step', () => {
  const cases: readonly { given: readonly ChangeKind[]; want: Step }[] = [
    { given: [], want: 'none' },
    { given: ['operation-described'], want: 'patch' },
    { given: ['operation-described', 'operation-added'], want: 'minor' },
    { given: ['operation-added', 'operation-removed'], want: 'major' },
  ];
  test.each(cases)('$given', ({ given, want }) => {
    expect(stepFor(given.map((kind) => ({ kind, pointer: '', what: '' })))).toBe(want);
  });
});
