import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { schemaComparison } from './compare.js';
import type { Direction } from './pair.js';

const NULL = { type: 'null' };
const text = { type: 'string', maxLength: 5 };
const object = (properties: JsonObject, required: readonly string[] = []): JsonObject => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required }),
});

/** The kinds of changes without the direction. */
function kinds(direction: Direction, before: Json, after: Json, schemas: JsonObject = {}): readonly string[] {
  const document = { components: { schemas } };
  const pointer = '/components/schemas/Root';
  return schemaComparison(document, document)
    .compare(direction, 'the body', [{ value: before, pointer }], [{ value: after, pointer }])
    .map(({ kind }) => kind.replace(`${direction}-`, ''))
    .sort();
}

const DIRECTIONS = ['request', 'response'] as const;

describe.each(DIRECTIONS)('spellings of nullable in a %s', (direction) => {
  const thing = { $ref: '#/components/schemas/Thing' };
  const schemas = {
    Thing: object({ id: text }, ['id']),
    NullableThing: { ...object({ id: text }), type: ['object', 'null'] },
  };
  const groups: readonly { given: string; spellings: readonly JsonObject[] }[] = [
    {
      given: 'a text',
      spellings: [
        { type: ['string', 'null'], maxLength: 5 },
        { type: ['null', 'string'], maxLength: 5 },
        { anyOf: [text, NULL] },
        { oneOf: [NULL, text] },
        { anyOf: [text, { const: null }] },
        { anyOf: [text, { enum: [null] }] },
      ],
    },
    {
      given: 'an enum',
      spellings: [
        { enum: ['a', 'b', null] },
        { anyOf: [{ enum: ['a', 'b'] }, NULL] },
        { oneOf: [{ enum: ['b', 'a'] }, NULL] },
      ],
    },
    {
      given: 'an enum with types',
      spellings: [{ type: ['string', 'null'], enum: ['a', null] }, { anyOf: [{ type: 'string', enum: ['a'] }, NULL] }],
    },
    {
      given: 'a component',
      spellings: [{ anyOf: [thing, NULL] }, { oneOf: [NULL, thing] }, { anyOf: [{ ...thing }, { enum: [null] }] }],
    },
    {
      given: 'a union',
      spellings: [
        { oneOf: [text, { type: 'boolean' }, NULL] },
        { anyOf: [{ oneOf: [text, { type: 'boolean' }] }, NULL] },
        { anyOf: [text, { type: 'boolean' }, NULL] },
        { type: ['string', 'boolean', 'null'], maxLength: 5 },
      ],
    },
  ];
  const pairs = groups.flatMap(({ given, spellings }) =>
    spellings.flatMap((before) => spellings.map((after) => ({ given, before, after }))),
  );
  test.each(pairs)('$given: $before and $after are the same', ({ before, after }) => {
    expect(kinds(direction, before, after, schemas)).toEqual([]);
  });

  test('a nullable component by reference is the same as its union', () => {
    const union = { anyOf: [object({ id: text }), NULL] };
    expect(kinds(direction, { $ref: '#/components/schemas/NullableThing' }, union, schemas)).toEqual([]);
  });
});

describe.each(DIRECTIONS)('changes between spellings of nullable in a %s', (direction) => {
  test.each<{ given: string; before: Json; after: Json; want: readonly string[] }>([
    {
      given: 'null removed',
      before: { type: ['string', 'null'] },
      after: { anyOf: [{ type: 'string' }] },
      want: ['alternative-removed'],
    },
    {
      given: 'null added',
      before: { type: 'string' },
      after: { anyOf: [{ type: 'string' }, NULL] },
      want: ['alternative-added'],
    },
    {
      given: 'a bound tightened beside null',
      before: { type: ['string', 'null'], maxLength: 9 },
      after: { anyOf: [text, NULL] },
      want: ['constraint-tightened'],
    },
    {
      given: 'a bound of a number beside a text',
      before: { type: ['string', 'integer'], maxLength: 5, minimum: 1 },
      after: { anyOf: [text, { type: 'integer', minimum: 0 }] },
      want: ['constraint-loosened'],
    },
    {
      given: 'a value of a nullable enum removed',
      before: { type: ['string', 'null'], enum: ['a', 'b', null] },
      after: { anyOf: [{ type: 'string', enum: ['a'] }, NULL] },
      want: ['enum-values-removed'],
    },
  ])('$given', ({ before, after, want }) => {
    expect(kinds(direction, before, after)).toEqual(want);
  });
});

describe('an object that becomes a oneOf', () => {
  const id = { type: 'string' };
  const cases: readonly {
    given: string;
    before: JsonObject;
    forms: readonly JsonObject[];
    request: readonly string[];
    response: readonly string[];
  }[] = [
    {
      given: 'of forms that overlap',
      before: object({ id, name: id }),
      forms: [object({ id, name: id }), object({ id })],
      request: ['alternative-added', 'constraint-tightened'],
      response: ['constraint-tightened', 'constraint-tightened'],
    },
    {
      given: 'of forms with required properties that overlap',
      before: object({ id, a: id, b: id }),
      forms: [object({ id, a: id }, ['a']), object({ id, b: id }, ['b'])],
      request: ['alternative-added', 'constraint-tightened', 'property-became-required', 'property-removed'],
      response: ['constraint-tightened', 'constraint-tightened', 'property-became-required', 'property-removed'],
    },
    {
      given: 'of forms with different constants',
      before: object({ id, kind: { enum: ['a', 'b'] } }, ['kind']),
      forms: [object({ id, kind: { const: 'a' } }, ['kind']), object({ id, kind: { const: 'b' } }, ['kind'])],
      request: [],
      response: [],
    },
    {
      given: 'with a form of another type',
      before: object({ id }),
      forms: [object({ id }), { type: 'string' }],
      request: ['alternative-added'],
      response: ['alternative-added'],
    },
    {
      given: 'with a form that lacks a required property',
      before: object({ id, name: id }, ['name']),
      forms: [object({ id, name: id }, ['name']), { ...object({ id }), additionalProperties: false }],
      request: ['alternative-added'],
      response: ['alternative-added'],
    },
    {
      given: 'with a form that allows more values',
      before: object({ size: { type: 'integer' } }),
      forms: [object({ size: { type: 'integer' } }, ['size']), { ...object({ size: { type: 'string' } }, ['size']) }],
      request: ['alternative-added', 'property-became-required'],
      response: ['alternative-added', 'property-became-required'],
    },
  ];
  test.each(DIRECTIONS.flatMap((direction) => cases.map((each) => ({ ...each, direction, want: each[direction] }))))(
    '$given, in a $direction',
    ({ direction, before, forms, want }) => {
      expect(kinds(direction, before, { oneOf: [...forms] })).toEqual(want);
    },
  );

  test('of overlapping forms by anyOf is no change of existing requests', () => {
    const before = object({ id, name: id });
    expect(kinds('request', before, { anyOf: [before, object({ id })] })).toEqual(['alternative-added']);
  });
});

describe.each(DIRECTIONS)('anyOf and oneOf in a %s', (direction) => {
  const overlapping = [object({ a: text }), object({ b: text })];
  const disjoint = [text, { type: 'boolean' }];
  test.each<{ given: string; before: Json; after: Json; want: readonly string[] }>([
    {
      given: 'overlapping, made exclusive',
      before: { anyOf: overlapping },
      after: { oneOf: overlapping },
      want: ['constraint-tightened'],
    },
    {
      given: 'overlapping, made inclusive',
      before: { oneOf: overlapping },
      after: { anyOf: overlapping },
      want: ['constraint-loosened'],
    },
    { given: 'disjoint, made exclusive', before: { anyOf: disjoint }, after: { oneOf: disjoint }, want: [] },
    { given: 'disjoint, made inclusive', before: { oneOf: disjoint }, after: { anyOf: disjoint }, want: [] },
  ])('$given', ({ before, after, want }) => {
    expect(kinds(direction, before, after)).toEqual(want);
  });

  test('a union that contains itself ends the comparison', () => {
    const self = { anyOf: [{ allOf: [{ $ref: '#/components/schemas/Self' }] }, text] };
    const schemas = { Self: self };
    expect(kinds(direction, { anyOf: [self, NULL] }, { anyOf: [NULL, self] }, schemas)).toEqual([]);
  });
});
