import { describe, expect, it, test } from 'vitest';
import type { Contract, Schema } from '../contract.js';
import { SchemaValidator } from '../schema/schema-validator.js';
import { patternSample } from './pattern-sample.js';
import { sampleValue as sampleFor } from './sample-value.js';

const SCHEMAS: Readonly<Record<string, Schema>> = {
  Node: {
    type: 'object',
    required: ['name', 'children'],
    properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/components/schemas/Node' } } },
  },
  Heavy: {
    type: 'object',
    required: ['a', 'b', 'c', 'd'],
    properties: Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, { $ref: '#/components/schemas/Heavy' }])),
  },
  Loop: { oneOf: [{ $ref: '#/components/schemas/Loop' }, { type: 'string' }] },
  Self: { allOf: [{ $ref: '#/components/schemas/Self' }, { type: 'integer' }] },
  Base: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' } } },
};

/** As much of a contract as samples need. */
const contract = {
  resolve: (schema: Schema) =>
    typeof schema.$ref === 'string' ? (SCHEMAS[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema,
  standalone: (schema: Schema) => ({ ...schema, components: { schemas: SCHEMAS } }),
} as unknown as Contract;

const sampleValue = (from: Contract, schema: Schema) => sampleFor(from, schema, { direction: 'answer' });

const problems = (schema: Schema) =>
  SchemaValidator.of(contract, { allErrors: true }).compile(schema)(sampleValue(contract, schema));

describe('a value fits', () => {
  const A: Schema = { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } };
  const FORM = (name: string, only: string): Schema => ({
    type: 'object',
    properties: { [name]: { type: 'string', enum: [only] } },
    additionalProperties: false,
  });
  test.each<[string, Schema]>([
    ['nothing said', {}],
    ['required properties', { ...A, required: ['a', 'b'] }],
    ['a list that must not be empty', { type: 'array', minItems: 2, items: { type: 'string', format: 'uuid' } }],
    ['a list of different values', { type: 'array', minItems: 3, uniqueItems: true, items: { type: 'integer' } }],
    ['different values of an enum', { type: 'array', minItems: 2, uniqueItems: true, items: { enum: ['x', 'y'] } }],
    ['a tuple', { type: 'array', prefixItems: [{ type: 'number' }, { type: 'string' }], minItems: 2 }],
    ['bounds', { type: 'number', exclusiveMinimum: 0, maximum: 0.75 }],
    ['a multiple', { type: 'integer', minimum: 8, multipleOf: 5 }],
    ['a const', { const: { deep: [1] } }],
    ['lengths', { type: 'string', minLength: 10, maxLength: 12 }],
    ['a pattern', { type: 'string', pattern: '^[A-Z]{2}-\\d{3}(x|y)+$' }],
    ['a format', { type: 'string', format: 'date-time' }],
    ['one of two forms', { oneOf: [{ type: 'object', required: ['z'] }, A] }],
    ['forms inside of a whole', { ...A, oneOf: [{ required: ['b'], properties: { b: { type: 'boolean' } } }] }],
    ['allOf with tighter bounds', { allOf: [A, { properties: { a: { minimum: 3 } } }] }],
    ['a part of a base', { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { kind: { const: 'x' } } }] }],
    ['itself', { $ref: '#/components/schemas/Node' }],
    ['a map with entries', { type: 'object', minProperties: 2, additionalProperties: { type: 'integer' } }],
    ['null or a text', { type: ['null', 'string'] }],
    ['a closed object', { ...A, additionalProperties: false }],
    ['forms that only optional properties set apart', { oneOf: [FORM('a', 'x'), FORM('b', 'y')] }],
    [
      'forms of which one has required properties',
      {
        oneOf: [
          { type: 'object', properties: {} },
          { ...A, type: 'object' },
        ],
      },
    ],
    ['a multiple of a fraction', { type: 'number', minimum: 0.07, multipleOf: 0.01 }],
    ['between two numbers', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.1 }],
    [
      'a list of lists that must not be short',
      { type: 'array', items: { type: 'array', minItems: 3, items: { type: 'array', minItems: 3 } } },
    ],
    [
      'patterned names',
      {
        type: 'object',
        minProperties: 2,
        additionalProperties: false,
        patternProperties: { '^k[a-z]+$': { type: 'integer' } },
      },
    ],
    ['properties that depend on others', { ...A, dependentRequired: { a: ['b'] } }],
    ['an entry that must be there', { type: 'array', contains: { const: 7 }, minItems: 1 }],
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    ['a condition', { ...A, if: { properties: { a: { const: 1 } } }, then: { required: ['z'] } }],
    ['both lists of forms', { oneOf: [{ required: ['a'] }, { required: ['b'] }], anyOf: [{ required: ['c'] }] }],
    ['enums of parts together', { allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] }],
    ['a pattern of some length', { type: 'string', pattern: '^[a-z]+-[0-9]$', minLength: 8 }],
    ['different objects', { type: 'array', minItems: 2, uniqueItems: true, items: { ...A, required: ['a'] } }],
    [
      'objects that differ in a boolean',
      {
        type: 'array',
        minItems: 2,
        uniqueItems: true,
        items: { type: 'object', properties: { on: { type: 'boolean' } }, required: ['on'] },
      },
    ],
    ['the smallest integer of 64 bits', { type: 'integer', minimum: Number('-9223372036854775808') }],
    ['a property named __proto__', { type: 'object', required: ['__proto__'] }],
  ])('%s', (_, schema) => {
    expect(problems(schema)).toEqual([]);
  });
});

it.each(['Loop', 'Self'])('ends for the schema %s, which leads back to itself', (name) => {
  expect(['string', 'number']).toContain(typeof sampleValue(contract, { $ref: `#/components/schemas/${name}` }));
});

it('takes the example of the document if it fits, else the next one', () => {
  expect(sampleValue(contract, { type: 'string', example: 'Alps' })).toBe('Alps');
  expect(sampleValue(contract, { type: 'integer', example: 'many', examples: ['none', 7] })).toBe(7);
});

it('names the form that a discriminator needs', () => {
  const schema = {
    discriminator: { propertyName: 'kind', mapping: { base: '#/components/schemas/Base' } },
    oneOf: [{ $ref: '#/components/schemas/Base' }],
  };
  expect(sampleValue(contract, schema)).toEqual({ kind: 'base' });
});

it('leaves out what only the other direction has', () => {
  const schema = {
    type: 'object',
    required: ['id', 'secret', 'name'],
    properties: { id: { type: 'integer', readOnly: true }, secret: { writeOnly: true }, name: {} },
  };
  expect(sampleFor(contract, schema, { direction: 'answer' })).toEqual({ id: 1, name: 'name' });
  expect(sampleFor(contract, schema, { direction: 'request' })).toEqual({ secret: 'secret', name: 'name' });
});

describe('a value for a request', () => {
  test.each<{ given: Schema; want: unknown }>([
    { given: { type: 'string', examples: ['x'] }, want: 'x' },
    { given: { type: 'string', enum: ['a', 'b'] }, want: 'a' },
    { given: { type: 'string', minLength: 8 }, want: 'valuexxx' },
    { given: { type: 'integer', minimum: 3 }, want: 3 },
    { given: { type: ['null', 'boolean'] }, want: true },
    { given: { type: 'array', items: { type: 'string' } }, want: ['value'] },
    {
      given: {
        type: 'object',
        required: ['name', 'id'],
        properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' }, note: { type: 'string' } },
      },
      want: { name: 'name' },
    },
    { given: { oneOf: [{ type: 'boolean' }, { type: 'string' }] }, want: true },
  ])('$want', ({ given, want }) => {
    const value = sampleFor(contract, given, { direction: 'request' });
    expect(value).toEqual(want);
    const validator = SchemaValidator.of(contract, { allErrors: true, direction: 'request' });
    expect(validator.compile(given)(value)).toEqual([]);
  });
});

test('a recursive schema has a finite value', () => {
  const node = { $ref: '#/components/schemas/Node' };
  expect(JSON.stringify(sampleFor(contract, node, { direction: 'request' }))).toContain('"children":[]');
});

it('gives the closest try where nothing simple fits', () => {
  expect(sampleValue(contract, { type: 'string', not: {} })).toBe('value');
});

test.each([
  '^a$',
  '^\\d{4}-\\d{2}$',
  '^(foo|bar)$',
  '^[a-f0-9]{8}$',
  '^\\p{Lu}\\p{Ll}+$',
  '[^a]',
  '^.+@x\\.y$',
  'x*y?z',
  '^https://',
])('a text for %s matches', (pattern) => {
  expect(patternSample(pattern)).toMatch(new RegExp(pattern, 'u'));
});

/** Lists in lists, each with a thousand entries. */
const NESTED = [1, 2, 3, 4].reduce<Schema>((items) => ({ type: 'array', minItems: 1000, items }), { type: 'integer' });

test.each<Schema>([
  { type: 'array', minItems: 1e9, items: { type: 'string', minLength: 1e9 } },
  { type: 'object', minProperties: 1e9 },
  NESTED,
  { $ref: '#/components/schemas/Heavy' },
  { type: 'string', pattern: '^(a{1000000}){1000000}$' },
  { type: 'string', minLength: 2 ** 53 },
])('$type with bounds beyond reason has a short sample', (schema) => {
  expect(JSON.stringify(sampleValue(contract, schema)).length).toBeLessThan(2_000_000);
});

test('a pattern that is none has no text', () => {
  expect(patternSample('(')).toBeUndefined();
});
