import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { isNullOnly, pairUp, traitsOf } from './branch-traits.js';
import { overlappingForms } from './disjoint.js';
import { partsOf } from './site.js';
import { splitByConstant } from './split-by-constant.js';
import { splitByType } from './split-by-type.js';
import { typesOf } from './types.js';

const document: JsonObject = {
  components: {
    schemas: {
      Cat: { type: 'object', title: 'A cat', properties: { kind: { const: 'cat' } } },
      Nothing: { type: 'null' },
    },
  },
};
const located = (value: Json, pointer = '/x') => ({ value, pointer });
const reference = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const text: JsonObject = { type: 'string' };
const object = (properties: JsonObject, required: readonly string[] = []): JsonObject => ({
  type: 'object',
  properties,
  required: [...required],
});

describe('a schema with several types, split by type', () => {
  const split = (schema: Json): readonly Json[] => splitByType(document, located(schema)).map(({ value }) => value);

  test('each type keeps its own keywords, and those of no type; annotations stay with the whole', () => {
    const shared = {
      'x-value': 'id',
      title: 'T',
      description: 'D',
      example: 1,
      examples: [1],
      deprecated: true,
      default: 1,
      readOnly: true,
      writeOnly: true,
    };
    const own = {
      string: { minLength: 1, maxLength: 2, pattern: 'p', contentEncoding: 'e', contentMediaType: 'm' },
      integer: { minimum: 1, maximum: 2, exclusiveMinimum: 0, exclusiveMaximum: 3, multipleOf: 1 },
      array: {
        items: {},
        prefixItems: [],
        contains: {},
        minContains: 1,
        maxContains: 2,
        minItems: 1,
        maxItems: 2,
        uniqueItems: true,
        unevaluatedItems: {},
      },
      object: {
        ...{
          properties: {},
          required: [],
          additionalProperties: {},
          patternProperties: {},
          propertyNames: {},
          minProperties: 1,
        },
        ...{
          maxProperties: 2,
          dependentRequired: {},
          dependentSchemas: {},
          unevaluatedProperties: {},
          discriminator: {},
        },
      },
    };
    const types = ['string', 'integer', 'array', 'object', 'boolean', 'null'];
    const whole = Object.assign({ type: types, not: { const: 9 }, format: 'f' }, shared, ...Object.values(own)) as Json;
    expect(split(whole)).toEqual([
      { type: 'string', not: { const: 9 }, format: 'f', ...own.string },
      { type: 'integer', not: { const: 9 }, format: 'f', ...own.integer },
      { type: 'array', not: { const: 9 }, ...own.array },
      { type: 'object', not: { const: 9 }, ...own.object },
      { type: 'boolean', not: { const: 9 } },
      { type: 'null' },
    ]);
  });

  test('values of an enum go to their types', () => {
    const values = ['a', 1, 1.5, true, null, [1], { a: 1 }];
    expect(
      split({ type: ['string', 'integer', 'number', 'boolean', 'null', 'array', 'object'], enum: values }),
    ).toEqual([
      { type: 'string', enum: ['a'] },
      { type: 'integer', enum: [1] },
      { type: 'number', enum: [1, 1.5] },
      { type: 'boolean', enum: [true] },
      { type: 'null' },
      { type: 'array', enum: [[1]] },
      { type: 'object', enum: [{ a: 1 }] },
    ]);
  });

  test('null in an enum without a type is a form of its own', () => {
    expect(split({ enum: ['a', null, 2], maxLength: 3, minimum: 0 })).toEqual([
      { maxLength: 3, minimum: 0, enum: ['a', 2] },
      { type: 'null' },
    ]);
  });

  test.each<Json>([
    text,
    { type: ['string'] },
    { type: ['string', 7] },
    { enum: ['a', 'b'] },
    { enum: [null] },
    { type: 'string', enum: ['a', null] },
    { allOf: [{ type: ['string', 'null'] }, { maxLength: 3 }] },
    true,
  ])('%j stays as it is', (schema) => {
    expect(split(schema)).toEqual([schema]);
  });

  test('a reference to one is split at its target', () => {
    const holder: JsonObject = { components: { schemas: { Maybe: { type: ['string', 'null'] } } } };
    expect(splitByType(holder, located(reference('Maybe')))).toEqual([
      { value: { type: 'string' }, pointer: '/components/schemas/Maybe' },
      { value: { type: 'null' }, pointer: '/components/schemas/Maybe' },
    ]);
  });
});

describe('a schema split by the constants of other forms', () => {
  const whole = object({ kind: { enum: ['a', 'b', 'c'], description: 'd' }, name: text }, ['kind']);
  const split = (schema: Json, ...forms: readonly (readonly Json[])[]): readonly Json[] =>
    splitByConstant(document, located(schema), forms).map(({ value }) => value);
  const form = (value: string): JsonObject =>
    object({ kind: { description: 'd', const: value }, name: text }, ['kind']);

  test('has a form for each value, where several of them are told apart', () => {
    expect(split(whole, ['kind', 'a'], ['other', 'x'], ['kind', 'b'])).toEqual([form('a'), form('b'), form('c')]);
  });

  test.each<{ given: string; schema: Json; forms: readonly (readonly Json[])[] }>([
    { given: 'only one constant', schema: whole, forms: [['kind', 'a']] },
    {
      given: 'no constant of this property',
      schema: whole,
      forms: [
        ['name', 'a'],
        ['name', 'b'],
      ],
    },
    {
      given: 'a constant that is no value',
      schema: whole,
      forms: [
        ['kind', 'a'],
        ['kind', 'z'],
      ],
    },
    {
      given: 'no enum',
      schema: object({ kind: text }),
      forms: [
        ['kind', 'a'],
        ['kind', 'b'],
      ],
    },
    {
      given: 'several parts',
      schema: { allOf: [whole, { minProperties: 1 }] },
      forms: [
        ['kind', 'a'],
        ['kind', 'b'],
      ],
    },
    {
      given: 'no object',
      schema: true,
      forms: [
        ['kind', 'a'],
        ['kind', 'b'],
      ],
    },
  ])('stays as it is with $given', ({ schema, forms }) => {
    expect(split(schema, ...forms)).toEqual([schema]);
  });
});

describe('forms that a value may match together', () => {
  const overlap = (...forms: readonly Json[]): readonly string[] | undefined =>
    overlappingForms(
      document,
      forms.map((form, index) => located(form, `/${index}`)),
    )?.map(({ pointer }) => pointer);
  const kind = (value: Json, required: readonly string[] = ['kind']) => object({ kind: { const: value } }, required);
  const closed = (schema: JsonObject): JsonObject => ({ ...schema, additionalProperties: false });

  test.each<{ given: string; forms: readonly Json[]; want: readonly string[] | undefined }>([
    { given: 'other types', forms: [text, { type: 'integer' }, { type: 'null' }], want: undefined },
    { given: 'a type in common', forms: [text, { type: 'boolean' }, { type: ['null', 'string'] }], want: ['/0', '/2'] },
    { given: 'numbers that are integers', forms: [{ type: 'number' }, { type: 'integer' }], want: ['/0', '/1'] },
    { given: 'other values', forms: [{ enum: ['a', 'b'] }, { const: 'c' }, { enum: [{ a: 1 }] }], want: undefined },
    { given: 'a value in common', forms: [{ enum: [1, { a: 1 }] }, { const: { a: 1 } }], want: ['/0', '/1'] },
    { given: 'values beside any value of the type', forms: [{ enum: ['a'] }, text], want: ['/0', '/1'] },
    { given: 'other constants of a required property', forms: [kind('a'), kind('b')], want: undefined },
    { given: 'other constants of a property that one may lack', forms: [kind('a'), kind('b', [])], want: ['/0', '/1'] },
    { given: 'the same constant', forms: [kind('a'), kind('b'), kind('b')], want: ['/1', '/2'] },
    {
      given: 'a required property that the other rules out',
      forms: [closed(object({ b: text })), object({ a: text }, ['a'])],
      want: undefined,
    },
    {
      given: 'a required property that the other allows',
      forms: [object({ b: text }), object({ a: text }, ['a'])],
      want: ['/0', '/1'],
    },
    {
      given: 'a required property without a schema of its own',
      forms: [object({}, ['a']), object({ a: text }, ['a'])],
      want: ['/0', '/1'],
    },
    {
      given: 'an optional property that the other rules out',
      forms: [closed(object({})), object({ a: text })],
      want: ['/0', '/1'],
    },
    {
      given: 'other constants deep inside',
      forms: [object({ at: kind('a') }, ['at']), object({ at: kind('b') }, ['at'])],
      want: undefined,
    },
    {
      given: 'a required list that is none',
      forms: [{ type: 'object', required: 'a' }, closed(object({}))],
      want: ['/0', '/1'],
    },
  ])('$given: $want', ({ forms, want }) => {
    expect(overlap(...forms)).toEqual(want);
    const last = forms.length - 1;
    expect(overlap(...[...forms].reverse())).toEqual(want?.map((place) => `/${last - Number(place.slice(1))}`).sort());
  });
});

describe('the traits of a branch', () => {
  const traits = (value: Json, pointer = '/oneOf/1') => traitsOf(document, located(value, pointer));

  test.each<[Json, string]>([
    [reference('Cat'), '"Cat"'],
    [{ title: 'A dog', type: 'object' }, '"A dog"'],
    [text, '"string"'],
    [{ minimum: 1 }, '"2"'],
  ])('%j is called %s', (value, name) => {
    expect(traits(value).name).toBe(name);
  });

  test('come from its properties', () => {
    const {
      constants,
      properties,
      required,
      reference: target,
    } = traits({ ...object({ a: { const: 1 }, b: text, c: true }, ['a']) });
    expect([constants, [...properties], [...required], target]).toEqual([
      [['a', 1]],
      ['a', 'b', 'c'],
      ['a'],
      undefined,
    ]);
    expect(traits(reference('Cat'))).toMatchObject({
      reference: '/components/schemas/Cat',
      constants: [['kind', 'cat']],
      type: 'object',
    });
    expect([...traits({ required: 'a' }).required]).toEqual([]);
  });

  test.each<[Json, boolean]>([
    [{ type: 'null' }, true],
    [{ const: null }, true],
    [{ enum: [null] }, true],
    [reference('Nothing'), true],
    [{ type: ['null', 'string'] }, false],
    [{}, false],
    [text, false],
  ])('%j accepts only null: %s', (value, want) => {
    expect(isNullOnly(partsOf(document, [located(value)]))).toBe(want);
  });

  test.each<{ given: string; left: readonly Json[]; right: readonly Json[]; want: readonly string[] }>([
    {
      given: 'a reference first',
      left: [text, reference('Cat')],
      right: [reference('Cat'), text],
      want: ['0-1', '1-0'],
    },
    { given: 'null, however it is written', left: [{ type: 'null' }], right: [text, { const: null }], want: ['0-1'] },
    {
      given: 'the same schema before a similar one',
      left: [object({ a: text })],
      right: [object({ a: text, b: text }), object({ a: text })],
      want: ['0-1'],
    },
    {
      given: 'the same title',
      left: [{ title: 'T', type: 'string' }],
      right: [{ type: 'string' }, { title: 'T', type: 'boolean' }],
      want: ['0-1'],
    },
    {
      given: 'the most similar object',
      left: [object({ a: text, b: text, c: text })],
      right: [object({ a: text, b: text, d: text }), object({ a: text, b: text, c: text, d: text })],
      want: ['0-1'],
    },
    {
      given: 'half of the properties',
      left: [object({ a: text, b: text })],
      right: [object({ a: text })],
      want: ['0-0'],
    },
    {
      given: 'not less than half of the properties',
      left: [object({ a: text, b: text })],
      right: [object({ a: text, c: text })],
      want: [],
    },
    {
      given: 'not another constant',
      left: [object({ a: { const: 1 } })],
      right: [object({ a: { const: 2 } })],
      want: [],
    },
    {
      given: 'the same type, unless it is an object',
      left: [text, { type: 'integer', minimum: 1 }],
      right: [{ type: 'integer' }, { type: 'boolean' }],
      want: ['1-0'],
    },
    { given: 'each branch once', left: [text, text], right: [text], want: ['0-0'] },
    {
      given: 'equal traits, where both lack properties',
      left: [{ minimum: 1, properties: {} }],
      right: [{ maximum: 1, enum: [3] }],
      want: ['0-0'],
    },
  ])('pair by $given', ({ left, right, want }) => {
    const place = (side: string) => (value: Json, index: number) => traits(value, `/${side}/${index}`);
    const pairs = pairUp(left.map(place('left')), right.map(place('right')));
    const index = (pointer: string) => pointer.split('/').at(-1);
    expect(
      [...pairs].map(([old, now]) => `${index(old.located.pointer)}-${index(now.located.pointer)}`).sort(),
    ).toEqual(want);
  });
});

test.each<[Json, readonly string[]]>([
  [{ type: 'number' }, ['integer', 'fraction']],
  [{ type: ['integer', 'null'] }, ['null', 'integer']],
  [
    { enum: ['a', 1, 1.5, null, [], {}, true] },
    ['null', 'boolean', 'object', 'array', 'string', 'integer', 'fraction'],
  ],
  [{ enum: [1] }, ['integer']],
  [{ const: [] }, ['array']],
  [{ enum: ['a', 1], const: 1 }, ['integer']],
  [{ properties: {} }, ['object']],
  [{ additionalProperties: false }, ['object']],
  [{ required: [] }, ['object']],
  [{ items: {} }, ['array']],
  [{ prefixItems: [] }, ['array']],
  [{ type: 'string', properties: {} }, ['string']],
  [{ allOf: [{ type: ['string', 'null'] }, { type: ['null', 'boolean'] }] }, ['null']],
  [{ type: 'other' }, []],
])('%j accepts %j', (schema, want) => {
  expect([...typesOf(partsOf(document, [located(schema)]))].sort()).toEqual([...want].sort());
});
