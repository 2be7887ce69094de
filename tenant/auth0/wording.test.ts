import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Contract, Schema } from '../../contract/contract.js';
import { Validators } from '../input/validator.js';
import { school } from '../test-support/school.js';
import { reasonsOf } from './wording.js';

const contract: Contract = { ...school, standalone: (schema) => schema };
const list = (schema: Schema): Schema => ({ type: 'object', properties: { list: { type: 'array', ...schema } } });

test.each([
  { given: {}, schema: { required: ['email'] }, want: "'Missing required property: email'." },
  { given: null, schema: { type: 'object' }, want: "'Expected type object but found type null'." },
  {
    given: { a: [] },
    schema: { properties: { a: { type: 'string', description: 'A text.' } } },
    want: "'Expected type string but found type array' on property a (A text).",
  },
  {
    given: { a: 1.5 },
    schema: { properties: { a: { type: ['integer', 'null'] } } },
    want: "'Expected type integer,null but found type number' on property a.",
  },
  { given: { a: 1, b: 2 }, schema: { additionalProperties: false }, want: "'Additional properties not allowed: b,a'." },
  {
    given: { list: ['x', 'x'] },
    schema: list({ uniqueItems: true }),
    want: "'Array items are not unique (indexes 0 and 1)' on property list.",
  },
  {
    given: { list: [{ a: 1, b: 2 }, {}, { b: 2, a: 1 }] },
    schema: list({ uniqueItems: true }),
    want: "'Array items are not unique (indexes 0 and 2)' on property list.",
  },
  { given: { list: [] }, schema: list({ minItems: 1 }), want: "'Array is too short (0), minimum 1' on property list." },
  {
    given: { list: [1, 2] },
    schema: list({ maxItems: 1 }),
    want: "'Array is too long (2), maximum 1' on property list.",
  },
  {
    given: { list: [{ a: '' }] },
    schema: list({ items: { properties: { a: { minLength: 1 } } } }),
    want: "'String is too short (0 chars), minimum 1' on property list[0].a.",
  },
  {
    given: { a: 101 },
    schema: { properties: { a: { maximum: 100 } } },
    want: "'Value 101 is greater than maximum 100' on property a.",
  },
  {
    given: { a: 0 },
    schema: { properties: { a: { minimum: 1 } } },
    want: "'Value 0 is less than minimum 1' on property a.",
  },
  {
    given: { a: 'x' },
    schema: { properties: { a: { format: 'email' } } },
    want: "'Object didn't pass validation for format email: x' on property a.",
  },
  { given: { a: 'x' }, schema: { properties: { a: { enum: ['y'] } } }, want: "'No enum match for: x' on property a." },
  {
    given: { a: 'x' },
    schema: { properties: { a: { pattern: '^y' } } },
    want: "'String does not match pattern ^y: x' on property a.",
  },
  {
    given: { a: 1, b: 2 },
    schema: { required: ['c'], properties: { a: { type: 'string' } } },
    want: "'Missing required property: c' (also) 'Expected type string but found type integer' on property a.",
  },
  {
    given: { a: 1 },
    schema: { properties: { a: { anyOf: [{ type: 'string' }, { type: 'null' }] } } },
    want: "'Data does not match any schemas from 'anyOf'' on property a.",
  },
] as const)('$want', ({ given, schema, want }) => {
  expect(reasonsOf(new Validators(contract).compile(schema as Schema)(given))).toBe(want);
});

test('every keyword has a message', () => {
  const ajv = new Ajv2020({ strict: false, verbose: true });
  const schemas: readonly (readonly [Schema, unknown])[] = [
    [{ maxLength: 1 }, 'xy'],
    [{ exclusiveMinimum: 1 }, 1],
    [{ exclusiveMaximum: 1 }, 1],
    [{ multipleOf: 2 }, 3],
    [{ minProperties: 1 }, {}],
    [{ maxProperties: 0 }, { a: 1 }],
    [{ const: 1 }, 2],
    [{ oneOf: [{ type: 'null' }] }, 1],
    [{ not: {} }, 1],
  ];
  for (const [schema, value] of schemas) {
    const validate = ajv.compile(schema);
    expect(validate(value)).toBe(false);
    expect(reasonsOf(validate.errors ?? [])).not.toContain('Failed');
  }
});

test.each<[schema: Schema, value: unknown, want: string]>([
  [{ maxLength: 1 }, 'x😀', 'String is too long (2 chars), maximum 1'],
  [{ exclusiveMinimum: 1 }, 1, 'Value 1 is equal or less than exclusive minimum 1'],
  [{ exclusiveMaximum: 1 }, 1, 'Value 1 is equal or greater than exclusive maximum 1'],
  [{ multipleOf: 2 }, 3, 'Value 3 is not a multiple of 2'],
  [{ minProperties: 1 }, {}, 'Too few properties defined (0), minimum 1'],
  [{ maxProperties: 0 }, { a: 1 }, 'Too many properties defined (1), maximum 0'],
  [{ const: { a: 1 } }, { b: 2 }, 'No enum match for: {"b":2}'],
  [{ oneOf: [{ type: 'null' }, { minimum: 2 }] }, 1, "Data does not match any schemas from 'oneOf'"],
  [{ not: {} }, 1, "Data matches schema from 'not'"],
  [{ unevaluatedProperties: false }, { a: 1 }, 'Additional properties not allowed: a'],
  [{ type: 'string' }, true, 'Expected type string but found type boolean'],
  [{ type: 'string' }, 3, 'Expected type string but found type integer'],
  [{ dependentRequired: { a: ['b'] } }, { a: 1 }, 'Failed: dependentRequired'],
  [
    { properties: { oneOf: { type: 'null' } } },
    { oneOf: 1 },
    "Expected type null but found type integer' on property oneOf",
  ],
  [
    { properties: { 'a/b~c': { description: 'See a.b.c.', items: { type: 'null' } } } },
    { 'a/b~c': [1] },
    "Expected type null but found type integer' on property a/b~c[0]",
  ],
])('%j refuses %j: %s', (schema, value, want) => {
  const validate = new Ajv2020({ strict: false, verbose: true }).compile(schema);
  expect(validate(value)).toBe(false);
  expect(reasonsOf(validate.errors ?? [])).toBe(want.includes(' on property ') ? `'${want}.` : `'${want}'.`);
});

test.each([
  [100, ''],
  [101, '…'],
])('of a value of %d characters, the first 100 are shown', (length, more) => {
  const errors = new Validators(contract).compile({ enum: ['a'] })('x'.repeat(length));
  expect(reasonsOf(errors)).toBe(`'No enum match for: ${'x'.repeat(100)}${more}'.`);
});

test('of a choice inside a choice, both are reasons; what fails inside them is not', () => {
  const inner: Schema = { oneOf: [{ type: 'null' }, { type: 'string', minLength: 9 }] };
  const validate = new Ajv2020({ strict: false, verbose: true, allErrors: true }).compile({ anyOf: [inner] });
  validate('x');
  expect(reasonsOf(validate.errors ?? [])).toBe(
    "'Data does not match any schemas from 'oneOf'' (also) 'Data does not match any schemas from 'anyOf''.",
  );
});

test('additional properties are one reason for each object', () => {
  const inner: Schema = { additionalProperties: false };
  const schema: Schema = { additionalProperties: false, properties: { a: inner, b: inner } };
  expect(reasonsOf(new Validators(contract).compile(schema)({ y: 1, a: { p: 1, q: 2 }, b: { r: 3 }, z: 2 }))).toBe(
    "'Additional properties not allowed: z,y' (also) 'Additional properties not allowed: q,p' on property a (also) 'Additional properties not allowed: r' on property b.",
  );
});

test('a long value is truncated, and a long list of invalid items has one reason', () => {
  const validators = new Validators(contract);
  expect(reasonsOf(validators.compile({ enum: ['a'] })('x'.repeat(10_000))).length).toBeLessThan(150);
  const errors = validators.compile({ items: { type: 'string' } })(
    Array.from({ length: 100_000 }, () => 1),
    200_000,
  );
  expect(errors).toHaveLength(1);
});

test('uniqueItems takes linear time', () => {
  const begin = process.cpuUsage();
  const entries = Array.from({ length: 50_000 }, (_, index) => ({ index }));
  expect(new Validators(contract).compile({ type: 'array', uniqueItems: true })(entries, 1_000_000)).toEqual([]);
  const { user, system } = process.cpuUsage(begin);
  expect((user + system) / 1000).toBeLessThan(5000);
});
