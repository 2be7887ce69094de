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

test('each impact and the conclusion has its colour', () => {
  const mark = (name: string) => (text: unknown) => `<${name}>${text}</${name}>`;
  const palette: Palette = { bold: mark('b'), dim: mark('dim'), red: mark('red'), green: mark('green') };
  const text = formatChanges(CHANGES, palette);
  expect(text).toContain('<b>things.list</b>');
  expect(text).toContain('  <red>breaking</red>  a token with');
  expect(text).toContain('  <green>minor   </green>  server /v2');
  expect(text).toContain('  <dim>patch   </dim>  summary');
  expect(text).toContain('<dim>#/servers/1</dim>');
  expect(text).toContain('<red>2 breaking, 2 other: the next version is major</red>');
  expect(formatChanges(CHANGES.slice(2), palette)).toContain(
    '<green>0 breaking, 2 other: the next version is minor</green>',
  );
});

test.each([
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
  [['a', 'b', 'c', 'd'], 'a, b, c and 1 more'],
])('changes of %j are under "%s"', (operations, heading) => {
  const change: ContractChange = { kind: 'server-added', pointer: '/x', what: 'w', operations };
  expect(formatChanges([change], plain).split('\n')[0]).toBe(heading);
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
