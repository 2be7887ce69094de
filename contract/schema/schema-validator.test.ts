import { expect, test } from 'vitest';
import { ContractError } from '../errors.js';
import type { Schema } from '../json/json.js';
import { readContract } from '../read/read.js';
import { SchemaValidator } from './schema-validator.js';

const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: {},
  components: {
    schemas: {
      Tree: { type: 'object', properties: { name: { type: 'string' }, parent: { $ref: '#/components/schemas/Tree' } } },
      'Tree«Oak»': { $ref: '#/components/schemas/Tree/properties/name' },
      Default: {
        type: 'object',
        properties: { default: { $ref: '#/components/schemas/Tree' }, enum: { const: { $ref: 'x' } } },
      },
    },
  },
});

const DATE_TIME = { format: 'date-time' };
const first = new SchemaValidator(contract, { allErrors: false });
const all = new SchemaValidator(contract, { allErrors: true });
const keywords = (validator: SchemaValidator, schema: Schema, value: unknown): readonly string[] =>
  validator
    .compile(schema)(value)
    .map(({ keyword, instancePath }) => `${instancePath} ${keyword}`);

test.each<{ given: string; schema: Schema; fits: unknown; not: unknown; keyword: string }>([
  { given: 'a type', schema: { type: 'string' }, fits: 'a', not: 1, keyword: 'type' },
  { given: 'a finite number', schema: { type: 'number' }, fits: 1, not: Number.POSITIVE_INFINITY, keyword: 'type' },
  { given: 'a format', schema: { format: 'date' }, fits: '2024-02-29', not: '2023-02-29', keyword: 'format' },
  {
    given: 'a date-time with a space',
    schema: DATE_TIME,
    fits: '2026-01-01T00:00:00.5Z',
    not: '2026-01-01 00:00:00Z',
    keyword: 'format',
  },
  {
    given: 'a date-time with a short offset',
    schema: DATE_TIME,
    fits: '2026-01-01t00:00:00+01:00',
    not: '2026-01-01T00:00:00+0100',
    keyword: 'format',
  },
  {
    given: 'a date-time of a day that does not exist',
    schema: DATE_TIME,
    fits: '2024-02-29T00:00:00Z',
    not: '2023-02-29T00:00:00Z',
    keyword: 'format',
  },
  { given: 'a pattern of Unicode mode', schema: { pattern: '^\\p{Lu}$' }, fits: 'Ä', not: 'ä', keyword: 'pattern' },
  {
    given: 'a pattern of legacy mode',
    schema: { pattern: '^[\\w-\\.]+$' },
    fits: 'a-b',
    not: 'a b',
    keyword: 'pattern',
  },
  {
    given: 'a pattern that could backtrack',
    schema: { pattern: '^(a+)+$' },
    fits: 'aa',
    not: 'aaaaaaaaaaaaaaaaaaaa!',
    keyword: 'pattern',
  },
  { given: 'an unknown format', schema: { format: 'x' }, fits: 'a', not: undefined, keyword: '' },
  {
    given: 'unique entries',
    schema: { uniqueItems: true },
    fits: [1, '1', { a: 1 }],
    not: [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    keyword: 'uniqueItems',
  },
  { given: 'entries that may repeat', schema: { uniqueItems: false }, fits: [1, 1], not: undefined, keyword: '' },
  {
    given: 'prefixItems of 2020-12',
    schema: { prefixItems: [{ type: 'string' }] },
    fits: ['a'],
    not: [1],
    keyword: 'type',
  },
  {
    given: 'a reference to itself',
    schema: { $ref: '#/components/schemas/Tree' },
    fits: { parent: {} },
    not: { parent: { name: 1 } },
    keyword: 'type',
  },
  {
    given: 'a reference to a part',
    schema: { $ref: '#/components/schemas/Tree«Oak»' },
    fits: 'oak',
    not: 1,
    keyword: 'type',
  },
  {
    given: 'properties named like keywords',
    schema: { $ref: '#/components/schemas/Default' },
    fits: { default: {}, enum: { $ref: 'x' } },
    not: { default: { name: 1 } },
    keyword: 'type',
  },
  {
    given: 'patternProperties',
    schema: { patternProperties: { '^[\\w-\\.]+$': { type: 'string' } } },
    fits: { 'a b': 1 },
    not: { 'a-b': 1 },
    keyword: 'type',
  },
])('$given', ({ schema, fits, not, keyword }) => {
  expect(keywords(first, schema, fits)).toEqual([]);
  if (not !== undefined) expect(keywords(first, schema, not).map((text) => text.split(' ')[1])).toEqual([keyword]);
});

test('one error or all errors', () => {
  const schema = { properties: { a: { type: 'string' }, b: { minimum: 2 } }, required: ['c'] };
  expect(keywords(first, schema, { a: 1, b: 1 })).toHaveLength(1);
  expect(keywords(all, schema, { a: 1, b: 1 })).toEqual([' required', '/a type', '/b minimum']);
});

test('errors have the value and the schema', () => {
  const [error] = first.compile({ properties: { a: { maxLength: 2 } } })({ a: 'long' });
  expect(error).toMatchObject({ data: 'long', parentSchema: { maxLength: 2 }, params: { limit: 2 } });
});

test('equal schemas are compiled once', () => {
  expect(first.compile({ type: 'string', minLength: 7 })).toBe(first.compile({ type: 'string', minLength: 7 }));
});

test('the positions of repeated entries are reported', () => {
  const [error] = first.compile({ uniqueItems: true })([3, 4, 3, 4]);
  expect(error?.params).toEqual({ i: 0, j: 2 });
});

test('a schema that cannot be compiled is an error of the contract', () => {
  expect(() => first.compile({ enum: [] })).toThrow(ContractError);
  expect(() => first.compile({ pattern: '[' })).toThrow(
    '"[" is not a regular expression: unterminated character class',
  );
});

test.each([
  { value: { a: 'x' }, inclusive: [], exclusive: [' oneOf'] },
  { value: { a: 1 }, inclusive: [], exclusive: [] },
  { value: 7, inclusive: [' oneOf'], exclusive: [' oneOf'] },
])('$value may fit several forms of a oneOf, if not asked for one', ({ value, inclusive, exclusive }) => {
  const schema = { oneOf: [{ type: 'object', properties: { a: { type: 'string' } } }, { type: 'object' }] };
  const strict = new SchemaValidator(contract, { allErrors: false, exclusive: true });
  expect(keywords(first, schema, value).slice(-1)).toEqual(inclusive);
  expect(keywords(strict, schema, value).slice(-1)).toEqual(exclusive);
});

test('a fraction may be a multiple of another', () => {
  expect(keywords(first, { multipleOf: 0.01 }, 0.07)).toEqual([]);
  expect(keywords(first, { multipleOf: 0.01 }, 0.075)).toEqual([' multipleOf']);
});

test('an address in an answer may be any of RFC 5321, and in a request one with a dotted host', () => {
  const email: Schema = { type: 'string', format: 'email' };
  const [answers, requests] = (['answer', 'request'] as const).map(
    (direction) => new SchemaValidator(contract, { allErrors: false, direction }),
  );
  const judged = (text: string) =>
    [answers, requests].map((validator) => [
      validator?.fits(email, text),
      validator?.compile(email)(text).length === 0,
    ]);
  const [fits, not] = [
    [true, true],
    [false, false],
  ];
  for (const text of ['a@example.com', "jane.o'hara@example.com", 'a!b@example.com'])
    expect([text, ...judged(text)]).toEqual([text, fits, fits]);
  for (const text of ['admin@localhost', 'a@[192.0.2.1]', 'a@[IPv6:2001:db8::1]', '"a b"@example.com'])
    expect([text, ...judged(text)]).toEqual([text, fits, not]);
  for (const text of [
    'a',
    'a@',
    '@b.example',
    'a b@c.example',
    '.a@c.example',
    'a..b@c.example',
    'a@-b.example',
    '"a@b.example',
  ])
    expect([text, ...judged(text)]).toEqual([text, not, not]);
});
