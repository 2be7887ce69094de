import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../json/json.js';
import { checkKeywords } from './keywords.js';

const flawsOf = (document: JsonObject): readonly string[] =>
  checkKeywords(document).map(({ pointer, message }) => `${pointer} ${message}`);

/** A document with one valid keyword of ours, and an operation with these fields. */
const ours = (operation: JsonObject, more: JsonObject = {}): readonly string[] =>
  flawsOf({ 'x-evidence': { '': { grade: 'recorded', source: 'a' } }, paths: { '/x': { get: operation } }, ...more });

const GET = '/paths/~1x/get';

describe('in a document of somebody else', () => {
  test.each<{ given: string; document: JsonObject; want: readonly string[] }>([
    {
      given: 'a name close to ours',
      document: { 'x-evidenc': 1, paths: { '/x': { get: { 'x-efect': 1 } } } },
      want: [],
    },
    { given: 'our name in a place of theirs', document: { 'x-effect': 1 }, want: [] },
    {
      given: 'our name in our place',
      document: { paths: { '/x': { get: { 'x-effect': { steps: [] } } } } },
      want: [
        `${GET}/x-effect/steps unknown field "steps" of x-effect; expected one of create, read, update, delete, list, add, remove, hook, of, query, by, each, flag, renew, as, within, next, unknown, consistency`,
      ],
    },
  ])('$given', ({ document, want }) => {
    expect(flawsOf(document)).toEqual(want);
  });
});

describe('in our document', () => {
  const cases: readonly { given: string; flaws: readonly string[]; want: readonly unknown[] }[] = [
    {
      given: 'a misspelt keyword',
      flaws: ours({ 'x-efect': 1 }),
      want: [`${GET}/x-efect unknown keyword "x-efect"; did you mean "x-effect"?`],
    },
    { given: 'an extension with another name', flaws: ours({ 'x-code-samples': 1 }), want: [] },
    {
      given: 'a keyword in the wrong place',
      flaws: ours({ 'x-query': 'page' }),
      want: [`${GET}/x-query "x-query" has no meaning on an operation; expected it on a parameter`],
    },
    {
      given: 'a keyword with two places',
      flaws: ours({ 'x-problems': ['a'] }),
      want: [
        `${GET}/x-problems "x-problems" has no meaning on an operation; expected it on a components or a response`,
      ],
    },
    {
      given: 'no effect',
      flaws: ours({ 'x-effect': {} }),
      want: [`${GET}/x-effect "x-effect" expected at least 1 field, received an object`],
    },
    {
      given: 'two effects',
      flaws: ours({ 'x-effect': { create: 'a', delete: 'a' } }),
      want: [
        `${GET}/x-effect "x-effect" expected exactly one of create, read, update, delete, list, add, remove, hook; received {"create":"a","delete":"a"}`,
      ],
    },
    {
      given: 'an effect that is text',
      flaws: ours({ 'x-effect': 'create' }),
      want: [`${GET}/x-effect "x-effect" expected an object, received "create"`],
    },
    {
      given: 'a target that is a number',
      flaws: ours({ 'x-effect': { create: 5 } }),
      want: [`${GET}/x-effect/create "create" expected a string, received 5`],
    },
    {
      given: 'a target that is not a name',
      flaws: ours({ 'x-effect': { list: 'A b' } }),
      want: [`${GET}/x-effect/list "list" expected text that matches ^[a-z][a-z0-9-]*$, received "A b"`],
    },
    {
      given: 'a misspelt field',
      flaws: ours({ 'x-effect': { lists: 'a' } }),
      want: [`${GET}/x-effect/lists unknown field "lists" of x-effect; did you mean "list"?`],
    },
    {
      given: 'an unknown grade',
      flaws: ours({ 'x-evidence': { '/a': { grade: 'sure', source: 'b' } } }),
      want: [`${GET}/x-evidence/~1a/grade expected one of recorded, documented, reported, inferred, unknown, disputed`],
    },
    {
      given: 'evidence without a source',
      flaws: ours({ 'x-evidence': { '': { grade: 'recorded' } } }),
      want: [`${GET}/x-evidence/ missing "source"; x-evidence requires it`],
    },
    {
      given: 'a list as the catalogue',
      flaws: ours({}, { components: { 'x-problems': ['a'] } }),
      want: [
        '/components/x-problems "x-problems" expected the catalogue under components, a list of its names at a response',
      ],
    },
    {
      given: 'a catalogue at a response',
      flaws: ours({ responses: { '400': { 'x-problems': { a: { when: 'scope' } } } } }),
      want: [
        `${GET}/responses/400/x-problems "x-problems" expected the catalogue under components, a list of its names at a response`,
      ],
    },
    { given: 'a list at a response', flaws: ours({ responses: { '400': { 'x-problems': ['a'] } } }), want: [] },
    {
      given: 'a catalogue',
      flaws: ours({}, { components: { 'x-problems': { a: { when: { unknown: 'b' } } } } }),
      want: [],
    },
    {
      given: 'an unknown cause',
      flaws: ours({}, { components: { 'x-problems': { a: { when: 'sometimes' } } } }),
      want: [
        '/components/x-problems/a/when "when" expected scope, rate, or {token|invalid|beyond|unknown|duplicate|full|unsupported|hook|never: …}; received "sometimes"',
      ],
    },
    {
      given: 'a long value',
      flaws: ours({}, { components: { 'x-problems': { a: { when: { some: 'x'.repeat(99) } } } } }),
      want: [expect.stringMatching(/; received \{"some":"x{70}…$/)],
    },
    {
      given: 'a problem without a cause',
      flaws: ours({}, { components: { 'x-problems': { a: {} } } }),
      want: ['/components/x-problems/a missing "when"; x-problems requires it'],
    },
    {
      given: 'an empty list of problems',
      flaws: ours({ responses: { '400': { 'x-problems': [] } } }),
      want: [`${GET}/responses/400/x-problems "x-problems" expected at least 1 entry, received a list`],
    },
    {
      given: 'a name that is not one',
      flaws: ours({}, { components: { 'x-resources': { 'A b': { key: 'id' } } } }),
      want: ['/components/x-resources "x-resources" expected text that matches ^[a-z][a-z0-9-]*$, received "A b"'],
    },
    {
      given: 'a limit of nothing',
      flaws: ours({}, { components: { 'x-resources': { a: { key: 'id', limit: { max: 0 } } } } }),
      want: ['/components/x-resources/a/limit/max "max" expected at least 1, received 0'],
    },
    {
      given: 'sides',
      flaws: ours(
        {},
        { components: { 'x-relations': { a: { between: ['b'] }, c: { between: ['b', 'b'] }, d: { between: 'b' } } } },
      ),
      want: [
        '/components/x-relations/a/between "between" expected at least 2 entries, received a list',
        '/components/x-relations/c/between "between" expected entries that differ, received a list',
        '/components/x-relations/d/between "between" expected a list, received "b"',
      ],
    },
  ];
  test.each(cases)('$given', ({ flaws, want }) => {
    expect(flaws).toEqual(want);
  });

  test.each<{ value: Json }>([
    { value: 'created-at' },
    { value: { id: 'a_{alnum:4}' } },
    { value: { of: 'role.name' } },
  ])('the value role $value is allowed', ({ value }) => {
    expect(ours({}, { components: { schemas: { A: { 'x-value': value } } } })).toEqual([]);
  });

  test.each<{ value: Json }>([{ value: 'created' }, { value: { id: 5 } }, { value: {} }, { value: null }])(
    'the value role $value is refused',
    ({ value }) => {
      const flaws = ours({}, { components: { schemas: { A: { 'x-value': value } } } });
      expect(flaws.length).toBeGreaterThan(0);
      for (const flaw of flaws) expect(flaw).toMatch(/^\/components\/schemas\/A\/x-value/);
    },
  );
});
