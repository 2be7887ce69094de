import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../spec/contract/contract.js';
import { getPointer } from '../../spec/contract/pointer.js';
import { readContract } from '../../spec/contract/read.js';
import { type Step, stepFor } from './change.js';
import { diffContracts } from './diff-contracts.js';
import { answering, documentOf } from './fixtures/document.js';
import { PLANTED } from './fixtures/planted.js';
import type { ChangeKind } from './kinds.js';

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

test('an operation under another method and path has moved when its operationId is the same', () => {
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

test('a path that calls its parameter otherwise is the same path', () => {
  const path = (name: string): JsonObject => ({
    [`/things/{${name}}`]: {
      get: { ...answering({}), parameters: [{ name, in: 'path', required: true, schema: { type: 'string' } }] },
    },
  });
  expect(diff(documentOf(path('id')), documentOf(path('thing_id'))).map(({ kind }) => kind)).toEqual([
    'path-parameter-renamed',
  ]);
});

test('a change of a component that several operations share is one change that concerns them all', () => {
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

describe('alternatives that the sources disagree about', () => {
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

  test('do not make up for a sure one that asks for more now', () => {
    const before = guarded(['read:things', 'write:things'], { '/security/1': doubted });
    const after = guarded(['read:things', 'write:things', 'read:all'], { '/security/1': doubted });
    expect(diff(before, after).map(({ kind }) => kind)).toEqual(['scope-required']);
  });

  test('are the same alternative still when they were sure before', () => {
    const before = guarded(['read:things'], { '/security/1': { grade: 'documented', source: 'the manual' } });
    const after = guarded(['read:things'], { '/security/1': doubted });
    expect(diff(before, after).map(({ kind }) => kind)).toEqual(['evidence-changed']);
  });
});

describe('the address and the schemes', () => {
  const paths = { '/a': { get: answering({}) } };
  const tokenUrl = (url: string): JsonObject => ({
    components: {
      securitySchemes: { oauth: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: url, scopes: {} } } } },
    },
  });

  test('a server that went and one that came', () => {
    const servers = (url: string) => documentOf(paths, { servers: [{ url }] });
    const changes = diff(servers('https://a.example/v1'), servers('https://a.example/v2'));
    expect(changes.map(({ kind, pointer }) => [kind, pointer])).toEqual([
      ['server-removed', '/servers/0'],
      ['server-added', '/servers/0'],
    ]);
  });

  test('another place to get tokens from', () => {
    const changes = diff(
      documentOf(paths, tokenUrl('https://a.example')),
      documentOf(paths, tokenUrl('https://b.example')),
    );
    expect(changes.map(({ kind }) => kind)).toEqual(['security-scheme-changed']);
  });
});

describe('the step that follows', () => {
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
