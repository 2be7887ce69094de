import { describe, expect, test } from 'vitest';
import type { Change } from '../change.js';
import { formatChanges, type Palette } from './format.js';
import { reportOf } from './report.js';

const plain: Palette = { bold: String, dim: String, red: String, green: String };

const CHANGES: readonly Change[] = [
  {
    kind: 'scope-required',
    pointer: '/paths/~1things/get/security/0',
    what: 'a token with "read:things" is not enough any more, "read:all" is needed too',
    from: ['read:things'],
    to: ['read:things', 'read:all'],
    operations: ['things.list'],
  },
  {
    kind: 'response-property-removed',
    pointer: '/components/schemas/Thing/properties/name',
    what: '"name" of schema "Thing" is gone',
    operations: ['things.list', 'things.read', 'things.create', 'things.update', 'things.find'],
  },
  { kind: 'server-added', pointer: '/servers/1', what: 'the server /v2 is new', to: '/v2', operations: [] },
  {
    kind: 'operation-described',
    pointer: '/paths/~1things/get/summary',
    what: 'summary of the operation changed',
    from: 'Old',
    to: 'New',
    operations: ['things.list'],
  },
];

test('for a person: by operation, what breaks first', () => {
  expect(formatChanges(CHANGES, plain)).toMatchInlineSnapshot(`
    "things.list
      breaking  a token with "read:things" is not enough any more, "read:all" is needed too:
                tokens that were enough are refused
                #/paths/~1things/get/security/0
      patch     summary of the operation changed:
                words changed, behaviour did not
                #/paths/~1things/get/summary

    things.list, things.read, things.create and 2 more
      breaking  "name" of schema "Thing" is gone:
                readers of it find nothing
                #/components/schemas/Thing/properties/name

    The whole contract
      minor     the server /v2 is new:
                the addresses known until now remain
                #/servers/1

    2 breaking, 2 not: next version is major
    "
  `);
});

test('nothing changed', () => {
  expect(formatChanges([], plain)).toBe('0 breaking, 0 not: no next version is needed\n');
});

describe('as JSON', () => {
  const report = reportOf('old.yaml', 'new.yaml', CHANGES);

  test('the verdict, each change counted once', () => {
    expect(report).toMatchObject({
      from: 'old.yaml',
      to: 'new.yaml',
      breaking: true,
      step: 'major',
      counts: { breaking: 2, other: 2 },
    });
  });

  test('an entry for each operation that a change concerns, and one without for the rest', () => {
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

  test('a change says where, what and why', () => {
    expect(report.changes[0]).toEqual({
      pointer: '#/paths/~1things/get/security/0',
      operation: 'things.list',
      kind: 'scope-required',
      breaking: true,
      concerns: 'requests',
      message:
        'a token with "read:things" is not enough any more, "read:all" is needed too: tokens that were enough are refused',
      from: ['read:things'],
      to: ['read:things', 'read:all'],
    });
  });
});
