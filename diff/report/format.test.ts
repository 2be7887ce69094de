import { describe, expect, test } from 'vitest';
import type { ContractChange } from '../change.js';
import { formatChanges, type Palette } from './format.js';
import { reportOf } from './report.js';

const plain: Palette = { bold: String, dim: String, red: String, green: String };

const CHANGES: readonly ContractChange[] = [
  {
    kind: 'scope-required',
    pointer: '/paths/~1things/get/security/0',
    what: 'a token with "read:things" is no longer sufficient, "read:all" is also required',
    from: ['read:things'],
    to: ['read:things', 'read:all'],
    operations: ['things.list'],
  },
  {
    kind: 'response-property-removed',
    pointer: '/components/schemas/Thing/properties/name',
    what: '"name" of schema "Thing" was removed',
    operations: ['things.list', 'things.read', 'things.create', 'things.update', 'things.find'],
  },
  { kind: 'server-added', pointer: '/servers/1', what: 'server /v2 was added', to: '/v2', operations: [] },
  {
    kind: 'operation-described',
    pointer: '/paths/~1things/get/summary',
    what: 'summary of the operation changed',
    from: 'Old',
    to: 'New',
    operations: ['things.list'],
  },
];

test('as text: grouped by operation, breaking changes first', () => {
  expect(formatChanges(CHANGES, plain)).toMatchInlineSnapshot(`
    "things.list
      breaking  a token with "read:things" is no longer sufficient, "read:all" is also required:
                tokens that were sufficient are refused
                #/paths/~1things/get/security/0
      patch     summary of the operation changed:
                only the wording changed
                #/paths/~1things/get/summary

    things.list, things.read, things.create and 2 more
      breaking  "name" of schema "Thing" was removed:
                callers that read it find nothing
                #/components/schemas/Thing/properties/name

    The whole contract
      minor     server /v2 was added:
                the existing addresses remain
                #/servers/1

    2 breaking, 2 other: the next version is major
    "
  `);
});

test('nothing changed', () => {
  expect(formatChanges([], plain)).toBe('0 breaking, 0 other: no new version is needed\n');
});

describe('as JSON', () => {
  const report = reportOf('old.yaml', 'new.yaml', CHANGES);

  test('the verdict counts each change once', () => {
    expect(report).toMatchObject({
      from: 'old.yaml',
      to: 'new.yaml',
      breaking: true,
      step: 'major',
      counts: { breaking: 2, other: 2 },
    });
  });

  test('one entry per affected operation, and one without an operation for other changes', () => {
    expect(report.changes.map(({ operation, kind }) => `${operation} ${kind}`)).toEqual([
      'things.list scope-required',
      'things.list response-property-removed',
      'things.read response-property-removed',
      'things.create response-property-removed',
      'things.update response-property-removed',
      'things.find response-property-removed',
      'null server-added',
      'things.list operation-described',
    ]);
  });

  test('a change has a pointer, a sentence and its impact', () => {
    expect(report.changes[0]).toEqual({
      pointer: '#/paths/~1things/get/security/0',
      operation: 'things.list',
      kind: 'scope-required',
      breaking: true,
      concerns: 'requests',
      message:
        'a token with "read:things" is no longer sufficient, "read:all" is also required: tokens that were sufficient are refused',
      from: ['read:things'],
      to: ['read:things', 'read:all'],
    });
  });
});
