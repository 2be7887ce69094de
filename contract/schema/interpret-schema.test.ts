import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../contract.js';
import { interpretSchema } from './interpret-schema.js';
import { SchemaValidator } from './schema-validator.js';

const inclusive = new SchemaValidator({ standalone: (schema) => schema }, { allErrors: false });
const exclusive = new SchemaValidator({ standalone: (schema) => schema }, { allErrors: false, exclusive: true });

const FORMS = [{ type: 'integer' }, { minimum: 0 }, { type: 'string', minLength: 2 }];
const PET: JsonObject = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };

const schemas: readonly JsonObject[] = [
  {},
  ...['string', 'number', 'integer', 'boolean', 'null', 'object', 'array'].map((type) => ({ type })),
  { type: ['string', 'null'], description: 'text', 'x-more': 1 },
  { enum: ['a', 1, null, { name: 'a' }] },
  { const: { name: 'a' } },
  { minLength: 2 },
  { maxLength: 1 },
  { minimum: 1, exclusiveMaximum: 2 },
  { exclusiveMinimum: 1, maximum: 1.5 },
  { pattern: '^a' },
  { format: 'date' },
  { format: 'int32' },
  { items: { type: 'integer' }, minItems: 1, maxItems: 2 },
  { uniqueItems: true },
  { uniqueItems: false },
  { propertyNames: { enum: ['name', 'child'] } },
  { propertyNames: { maxLength: 4 }, maxProperties: 2 },
  { prefixItems: [{ type: 'string' }], items: false },
  PET,
  { ...PET, additionalProperties: false },
  { properties: { name: true }, additionalProperties: { type: 'integer' }, minProperties: 1, maxProperties: 2 },
  { patternProperties: { '^n': { type: 'integer' } }, additionalProperties: false },
  { anyOf: FORMS },
  { oneOf: FORMS },
  { allOf: FORMS.slice(0, 2) },
  { not: { type: 'string' } },
  { multipleOf: 0.5 },
  { $ref: '#/$defs/Pet', $defs: { Pet: PET }, maxProperties: 1 },
  { $ref: '#/$defs/Tree', $defs: { Tree: { properties: { child: { $ref: '#/$defs/Tree' } }, required: ['name'] } } },
];

const values: readonly Json[] = [
  ...[
    '',
    'a',
    'ab',
    '😀',
    '2026-01-01',
    0,
    1,
    1.5,
    -1,
    2,
    2 ** 40,
    Number.POSITIVE_INFINITY,
    true,
    null,
    [],
    [1],
    [1, 1],
    ['a'],
    [1, 2, 3],
    {},
  ],
  ...[
    [{ name: 'a' }, { name: 'a' }],
    [{ name: 'a' }, { name: 'b' }, []],
    [null, null],
    [1, '1', true, null],
  ],
  ...[{ name: 'a' }, { name: 1 }, { name: 'a', other: 1 }, { other: 'a' }, { name: 'a', child: { name: 'b' } }],
  ...[{ name: 'a', child: {} }, { constructor: 1 }],
];

describe('what is decided is the same as by the validator', () => {
  test.each(schemas)('%j', (schema) => {
    for (const value of values) {
      for (const [validator, one] of [
        [inclusive, false],
        [exclusive, true],
      ] as const) {
        const expected = validator.compile(schema)(value).length === 0;
        expect([expected, undefined], JSON.stringify(value)).toContain(interpretSchema(schema, value, one));
      }
    }
  });

  test('of these schemas and values, most are decided', () => {
    const all = schemas.flatMap((schema) => values.map((value) => interpretSchema(schema, value, false)));
    expect(all.filter((decided) => decided !== undefined).length / all.length).toBeGreaterThan(0.85);
  });
});

describe('nothing is decided by', () => {
  test.each<readonly [string, JsonObject]>([
    ['a reference to nothing', { $ref: '#/$defs/None' }],
    ['a reference to itself', { $ref: '#' }],
    ['forms that lead back to themselves', { allOf: [{ $ref: '#' }, { $ref: '#' }] }],
    ['a keyword that is not interpreted', { nullable: true }],
  ])('%s', (_, schema) => {
    expect(interpretSchema(schema, 'a', false)).toBeUndefined();
  });
});
