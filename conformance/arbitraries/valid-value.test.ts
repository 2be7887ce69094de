import { Ajv2020 } from 'ajv/dist/2020.js';
import * as formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, Schema } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { sampleValue, validValue } from './valid-value.js';

const source = {
  resolve: (schema: Schema): Schema => (schema.$ref === '#/components/schemas/colour' ? colour : schema),
};
const colour: Schema = { type: 'string', pattern: '^#[0-9a-f]{6}$' };
const ajv = new Ajv2020({ strict: false });
formats.default.default(ajv);

it('a decimal has a digit, whatever its pattern allows', () => {
  for (const pattern of ['^-?[0-9]{0,8}([.][0-9]{0,2})?$', '^-?[0-9]{0,1}$']) {
    const texts = fc.sample(
      validValue(source, { type: 'string', format: 'decimal', pattern }, { forRequest: true, optional: 'all' }),
      100,
    );
    expect(texts.filter((text) => !/\d/.test(String(text)))).toEqual([]);
  }
});

it.each(['int64', 'uint64'])('a text of format %s is an integer, and no short one', (format) => {
  const texts = fc.sample(validValue(source, { type: 'string', format }, { forRequest: true, optional: 'all' }), 20);
  const fits = (text: Json): boolean => /^[1-9]\d{9,18}$/.test(String(text)) && BigInt(String(text)) < 2n ** 63n;
  expect(texts.filter((text) => !fits(text))).toEqual([]);
});

it.each(['uuid1', 'uuid4', 'uuid7'])('a %s has its version', (format) => {
  const texts = fc.sample(validValue(source, { type: 'string', format }, { forRequest: true, optional: 'all' }), 20);
  const form = new RegExp(`^[0-9a-f]{8}-[0-9a-f]{4}-${format.slice(-1)}[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$`);
  expect(texts.filter((text) => !form.test(String(text)))).toEqual([]);
});

it.each([
  ['expiresAt', true],
  ['valid_until', true],
  ['notAfter', true],
  ['valid-to', true],
  ['dueDate', true],
  ['createdAt', false],
  ['expired_at', false],
  ['endpointCheckedAt', false],
  ['sendDate', false],
])('%s may be a time that is to come: %s', (name, isToCome) => {
  for (const format of ['date-time', 'date']) {
    const schema = { type: 'object', required: [name], properties: { [name]: { type: 'string', format } } };
    const values = fc.sample(validValue(source, schema, { forRequest: true, optional: 'all' }), 20);
    const years = values.map((value) => Number(JSON.stringify(value).match(/"(\d{4})-/)?.[1]));
    expect(years.every((year) => (isToCome ? year >= 2030 : year <= 2026))).toBe(true);
  }
});

const cases: readonly { given: Schema }[] = [
  { given: { type: 'string', minLength: 3, maxLength: 5 } },
  { given: { type: 'string', minLength: 300 } },
  { given: { type: 'string', format: 'email' } },
  { given: { type: 'string', format: 'date-time' } },
  { given: { type: 'string', pattern: '^rol_[A-Za-z0-9]{16}$' } },
  { given: { type: 'string', pattern: '^[^<>]*$', maxLength: 10 } },
  { given: { type: 'integer', minimum: 1, maximum: 3 } },
  { given: { type: 'number', exclusiveMinimum: 0, multipleOf: 5 } },
  { given: { type: ['string', 'null'], minLength: 1 } },
  { given: { enum: ['a', 1, null] } },
  { given: { type: 'object', minProperties: 2, properties: { a: { type: 'string' } } } },
  { given: { type: 'object', minProperties: 1, additionalProperties: { type: 'integer', minimum: 3 } } },
  {
    given: {
      type: 'object',
      maxProperties: 1,
      minProperties: 1,
      additionalProperties: false,
      properties: { a: { type: 'string' }, b: { type: 'string' } },
    },
  },
  { given: { const: false } },
  {
    given: {
      type: 'array',
      minItems: 2,
      maxItems: 4,
      uniqueItems: true,
      items: { type: 'string' },
    },
  },
  {
    given: {
      oneOf: [
        { type: 'string' },
        {
          type: 'object',
          required: ['a'],
          properties: { a: { type: 'integer' } },
        },
      ],
    },
  },
  {
    given: {
      allOf: [
        {
          type: 'object',
          required: ['a'],
          properties: { a: { type: 'string', minLength: 2 } },
        },
      ],
      required: ['b'],
      properties: {
        b: { type: 'boolean' },
        c: { type: 'array', items: { type: 'string', format: 'uri' } },
      },
      unevaluatedProperties: false,
    },
  },
  {
    given: {
      type: 'object',
      properties: {
        email: { type: 'string', format: 'email' },
        name: { type: 'string', maxLength: 10 },
      },
      additionalProperties: false,
    },
  },
];

it('a reference leads to the schema of the source that is asked', () => {
  const reference = { $ref: '#/components/schemas/size' };
  const options = { optional: 'all', forRequest: true } as const;
  const sources = (['integer', 'boolean'] as const).map((type) => ({
    resolve: (schema: Schema): Schema => (schema === reference ? { type } : schema),
  }));
  expect(sources.map((each) => typeof sampleValue(each, reference, options))).toEqual(['number', 'boolean']);
});

describe('validValue', () => {
  it.each(cases)('$given', ({ given }) => {
    const validate = ajv.compile(given);
    for (const optional of ['required', 'some', 'all'] as const) {
      const values = fc.sample(validValue(source, given, { forRequest: true, optional }), { numRuns: 30, seed: 7 });
      expect(values.filter((value) => !validate(value))).toEqual([]);
    }
  });

  it('follows references', () => {
    const value = sampleValue(source, { $ref: '#/components/schemas/colour' }, { forRequest: true, optional: 'all' });
    expect(value).toMatch(/^#[0-9a-f]{6}$/);
  });

  it('leaves out read-only properties', () => {
    const given: Schema = {
      type: 'object',
      properties: {
        id: { type: 'string', readOnly: true },
        name: { type: 'string' },
      },
    };
    expect(Object.keys(Object(sampleValue(source, given, { forRequest: true, optional: 'all' })))).toEqual(['name']);
    expect(Object.keys(Object(sampleValue(source, given, { forRequest: false, optional: 'all' })))).toEqual([
      'id',
      'name',
    ]);
  });

  it('ends on a schema that contains itself', () => {
    const node: Schema = {
      type: 'object',
      properties: { child: { $ref: '#/node' }, name: { type: 'string' } },
    };
    const recursive = {
      resolve: (schema: Schema): Schema => (schema.$ref === '#/node' ? node : schema),
    };
    expect(sampleValue(recursive, node, { forRequest: true, optional: 'all' })).toHaveProperty('child.child');
  });

  it('stays small for a schema that contains itself in many places', () => {
    const inner: Schema = { $ref: '#/node' };
    const properties = Object.fromEntries([...'abcdefgh'].map((name) => [name, { type: 'array', items: inner }]));
    const node: Schema = { type: 'object', properties };
    const wide = { resolve: (schema: Schema): Schema => (schema.$ref === '#/node' ? node : schema) };
    const value = sampleValue(wide, node, { forRequest: true, optional: 'all' });
    expect(JSON.stringify(value).length).toBeLessThan(50_000);
  });

  it.each<{ title: string; items: Schema; minItems: number; different: number }>([
    { title: 'booleans', items: { type: 'boolean' }, minItems: 3, different: 2 },
    { title: 'listed values', items: { enum: ['a', 'b'] }, minItems: 3, different: 2 },
    { title: 'bounded numbers', items: { type: 'integer', minimum: 1, maximum: 3 }, minItems: 5, different: 3 },
    { title: 'numbers without bounds', items: { type: 'integer' }, minItems: 1500, different: 1500 },
    { title: 'multiples', items: { type: 'integer', multipleOf: 100 }, minItems: 60, different: 60 },
    {
      title: 'objects',
      items: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
      minItems: 1500,
      different: 1500,
    },
  ])('ends where $minItems different $title are required', ({ items, minItems, different }) => {
    const given: Schema = { type: 'array', uniqueItems: true, minItems, items };
    const value = sampleValue(source, given, { forRequest: true, optional: 'all' });
    expect(new Set([value].flat().map((item) => JSON.stringify(item))).size).toBe(different);
    expect(value).toHaveLength(different);
  });

  it.each([
    { title: 'all optional properties together', required: [], expected: {} },
    { title: 'every value', required: ['a', 'b'], expected: { a: expect.any(Boolean), b: expect.any(Boolean) } },
  ])('ends where "not" excludes $title', ({ required, expected }) => {
    const properties: Schema = { a: { type: 'boolean' }, b: { type: 'boolean' } };
    const not: Schema = { required: ['a', 'b'], properties: { a: {}, b: {} } };
    const given: Schema = { type: 'object', required, properties, not };
    expect(sampleValue(source, given, { forRequest: true, optional: 'all' })).toEqual(expected);
  });

  it('gives the same value for the same seed', () => {
    const given: Schema = {
      type: 'object',
      properties: { email: { type: 'string', format: 'email' } },
    };
    const options = { forRequest: true, optional: 'all' } as const;
    expect(sampleValue(source, given, options, 5)).toEqual(sampleValue(source, given, options, 5));
    expect(sampleValue(source, given, options, 5)).not.toEqual(sampleValue(source, given, options, 6));
  });
});

it('gives a number where a schema allows its text as well', () => {
  const inText = { type: 'string', format: 'integer', default: 0 };
  const schema = { minimum: 3, maximum: 5, anyOf: [inText, { type: 'integer', minimum: 3, maximum: 5 }] };
  for (let seed = 1; seed < 20; seed += 1)
    expect([3, 4, 5]).toContain(sampleValue(source, schema, { forRequest: true, optional: 'all' }, seed));
});

it.each<Schema>([
  { type: ['null', 'integer'] },
  { enum: [null, 1] },
  { anyOf: [{ type: 'integer' }, { type: 'null' }] },
  { oneOf: [{ type: 'integer' }, { type: 'null' }], minimum: 1000 },
  { anyOf: [{ type: 'null' }, { type: 'integer' }, { type: 'number' }] },
  { allOf: [{ anyOf: [{ type: 'integer' }, { type: 'null' }] }, { minimum: 5 }] },
])('gives null nowhere that takes something else: %j', (schema) => {
  const values = fc.sample(validValue(source, schema, { forRequest: true, optional: 'all' }), { numRuns: 30, seed: 1 });
  expect(new Set(values.map((value) => typeof value))).toEqual(new Set(['number']));
});

describe('a map', () => {
  const full = (schema: Schema): Json => sampleValue(source, schema, { forRequest: true, optional: 'all' });

  it.each<[Schema, Json]>([
    [{ type: 'object', additionalProperties: { type: 'integer' } }, { property1: expect.any(Number) }],
    [
      { type: 'object', additionalProperties: { type: 'boolean' }, propertyNames: { enum: ['port'] } },
      { port: expect.any(Boolean) },
    ],
    [{ type: 'object', additionalProperties: { type: 'string' }, maxProperties: 0 }, {}],
    // Nothing says what any of these may hold.
    [{ type: 'object', additionalProperties: true }, {}],
    [{ type: 'object', additionalProperties: {} }, {}],
  ])('has an entry where its schema says what entries are: %j', (schema, expected) => {
    expect(full(schema)).toEqual(expected);
    expect(sampleValue(source, schema, { forRequest: true, optional: 'required' })).toEqual({});
  });

  it('names its entries as its schema does', () => {
    const patterned = full({ type: 'object', patternProperties: { '^x-[a-z]+$': { type: 'integer' } } });
    expect(Object.entries(patterned ?? {})).toEqual([[expect.stringMatching(/^x-[a-z]+$/), expect.any(Number)]]);
    const named = full({
      type: 'object',
      additionalProperties: { type: 'string' },
      propertyNames: { pattern: '^[a-z]{3}$' },
    });
    expect(Object.keys(named ?? {})).toEqual([expect.stringMatching(/^[a-z]{3}$/)]);
  });
});

it.each<[shown: boolean, list: Schema, want: Json]>([
  [true, { items: { type: 'string', example: 'a' } }, ['a', 'a']],
  [true, { items: { type: 'string' }, example: ['b', 'c'] }, ['b', 'c']],
  [true, { items: { type: 'string', enum: ['d', 'e'], example: 'd' }, uniqueItems: true }, ['d', 'e']],
  [false, { items: { type: 'string', enum: ['f'], example: 'g' } }, ['f', 'f']],
])('takes what a document shows, if asked to: %j %j', (shown, list, want) => {
  const letters: Schema = { type: 'array', minItems: 2, maxItems: 2, ...list };
  const schema: Schema = { type: 'object', required: ['letters'], properties: { letters } };
  const value = sampleValue(source, schema, { forRequest: true, optional: 'required', shown });
  expect(isObject(value) && [value.letters ?? []].flat().sort()).toEqual(want);
});

it.each([
  ['expires_at', '2023-04-19T08:15:14Z', '20[3-9]'],
  ['created_at', '2023-04-19T08:15:14Z', '2023-04-19T08:15:14Z'],
  ['expires_at', '2040-01-01T00:00:00Z', '2040-01-01T00:00:00Z'],
])('takes no %s that a document shows and that has passed: %s', (name, example, want) => {
  const properties = { [name]: { type: 'string', format: 'date-time', example } };
  const schema: Schema = { type: 'object', required: [name], properties };
  const value = sampleValue(source, schema, { forRequest: true, optional: 'required', shown: true });
  expect(isObject(value) && value[name]).toMatch(new RegExp(`^${want}`));
});
