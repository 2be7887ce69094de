import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { schemaComparison } from './compare.js';

const PLACE = '/components/schemas/Root';

/** `kind at keyword: sentence [before → after]` of each change in a request. */
function changes(before: JsonObject, after: JsonObject): readonly string[] {
  const comparison = schemaComparison(
    { components: { schemas: { Root: before } } },
    { components: { schemas: { Root: after } } },
  );
  const located = (value: Json) => [{ value, pointer: PLACE }];
  return comparison
    .compare('request', 'the body', located(before), located(after))
    .map(({ kind, pointer, what, from, to }) => {
      const values = [from, to].map((value) => (value === undefined ? '-' : String(value))).join(' → ');
      return `${kind.replace('request-constraint-', '')} ${pointer.slice(PLACE.length + 1)}: ${what} [${values}]`;
    });
}

const LOWER = ['minimum', 'minLength', 'minItems', 'minProperties', 'minContains'];
const UPPER = ['maximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains'];

describe('a lower bound', () => {
  test.each(LOWER)('%s', (keyword) => {
    const subject = `${keyword} of the body`;
    expect(changes({ [keyword]: 3 }, { [keyword]: 5 })).toEqual([
      `tightened ${keyword}: ${subject} went from 3 to 5 [3 → 5]`,
    ]);
    expect(changes({ [keyword]: 5 }, { [keyword]: 3 })).toEqual([
      `loosened ${keyword}: ${subject} went from 5 to 3 [5 → 3]`,
    ]);
    expect(changes({ [keyword]: 3 }, { [keyword]: 3 })).toEqual([]);
    expect(changes({}, { [keyword]: 3 })).toEqual([`tightened ${keyword}: ${subject} was added: 3 [- → 3]`]);
    expect(changes({ [keyword]: 3 }, {})).toEqual([`loosened ${keyword}: ${subject} was removed: 3 [3 → -]`]);
  });
});

describe('an upper bound', () => {
  test.each(UPPER)('%s', (keyword) => {
    const subject = `${keyword} of the body`;
    expect(changes({ [keyword]: 5 }, { [keyword]: 3 })).toEqual([
      `tightened ${keyword}: ${subject} went from 5 to 3 [5 → 3]`,
    ]);
    expect(changes({ [keyword]: 3 }, { [keyword]: 5 })).toEqual([
      `loosened ${keyword}: ${subject} went from 3 to 5 [3 → 5]`,
    ]);
    expect(changes({ [keyword]: 3 }, { [keyword]: 3 })).toEqual([]);
    expect(changes({}, { [keyword]: 0 })).toEqual([`tightened ${keyword}: ${subject} was added: 0 [- → 0]`]);
  });
});

test.each([
  ['minLength', 0],
  ['minItems', 0],
  ['minProperties', 0],
  ['minContains', 1],
])('%s: %d is the default', (keyword, otherwise) => {
  expect(changes({}, { [keyword]: otherwise })).toEqual([]);
  expect(changes({ [keyword]: otherwise }, {})).toEqual([]);
  expect(changes({ [keyword]: otherwise }, { [keyword]: otherwise + 1 })).toHaveLength(1);
});

test('a minimum of 0 is not the default', () => {
  expect(changes({}, { minimum: 0 })).toHaveLength(1);
});

describe('exclusive', () => {
  test.each([
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ])('%s and %s', (inclusive, exclusive) => {
    const subject = `${inclusive} of the body`;
    expect(changes({ [inclusive]: 1 }, { [exclusive]: 1 })).toEqual([
      `tightened ${exclusive}: ${subject} went from 1 to 1 (exclusive) [1 → 1]`,
    ]);
    expect(changes({ [exclusive]: 1 }, { [inclusive]: 1 })).toEqual([
      `loosened ${inclusive}: ${subject} went from 1 (exclusive) to 1 [1 → 1]`,
    ]);
    expect(changes({ [exclusive]: 1 }, { [exclusive]: 1 })).toEqual([]);
    expect(changes({}, { [exclusive]: 1 })).toEqual([
      `tightened ${exclusive}: ${subject} was added: 1 (exclusive) [- → 1]`,
    ]);
    expect(changes({ [exclusive]: 1 }, {})).toEqual([
      `loosened ${exclusive}: ${subject} was removed: 1 (exclusive) [1 → -]`,
    ]);
  });

  test('the tighter of two in one schema is compared', () => {
    expect(changes({ minimum: 1, exclusiveMinimum: 1 }, { exclusiveMinimum: 1 })).toEqual([]);
    expect(changes({ minimum: 2, exclusiveMinimum: 1 }, { minimum: 2 })).toEqual([]);
    expect(changes({ minimum: 1, exclusiveMinimum: 2 }, { exclusiveMinimum: 2 })).toEqual([]);
    expect(changes({ maximum: 1, exclusiveMaximum: 2 }, { maximum: 1 })).toEqual([]);
    expect(changes({ maximum: 2, exclusiveMaximum: 1 }, { exclusiveMaximum: 1 })).toEqual([]);
  });

  test('a bound that moves further than it sharpens is judged by its value', () => {
    expect(changes({ exclusiveMinimum: 5 }, { minimum: 6 })).toEqual([
      'tightened minimum: minimum of the body went from 5 (exclusive) to 6 [5 → 6]',
    ]);
    expect(changes({ minimum: 5 }, { exclusiveMinimum: 4 })).toEqual([
      'loosened exclusiveMinimum: minimum of the body went from 5 to 4 (exclusive) [5 → 4]',
    ]);
  });
});

test('a bound in allOf counts as one of the schema', () => {
  expect(changes({ allOf: [{ maxLength: 5 }, { maxLength: 3 }] }, { maxLength: 3 })).toEqual([]);
  expect(changes({ maxLength: 3 }, { allOf: [{ maxLength: 5 }, { maxLength: 2 }] })).toEqual([
    'tightened allOf/1/maxLength: maxLength of the body went from 3 to 2 [3 → 2]',
  ]);
});

test('what is not a number is no bound', () => {
  expect(changes({ maxLength: 'many' }, {})).toEqual([]);
  expect(changes({ exclusiveMinimum: true }, {})).toEqual([]);
});
