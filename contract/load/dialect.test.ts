import { expect, test } from 'vitest';
import type { JsonObject } from '../json/json.js';
import { getPointer } from '../pointer.js';
import { toDialect31 } from './dialect.js';

const converted = (schema: JsonObject): unknown =>
  getPointer(
    toDialect31({ openapi: '3.0.3', components: { schemas: { A: schema } } }, () => undefined),
    '/components/schemas/A',
  );

test.each<{ given: string; schema: JsonObject; want: JsonObject }>([
  { given: 'an exclusive minimum', schema: { minimum: 1, exclusiveMinimum: true }, want: { exclusiveMinimum: 1 } },
  { given: 'an exclusive maximum', schema: { maximum: 9, exclusiveMaximum: true }, want: { exclusiveMaximum: 9 } },
  {
    given: 'bounds that are not exclusive',
    schema: { minimum: 1, exclusiveMinimum: false, maximum: 9, exclusiveMaximum: false },
    want: { minimum: 1, maximum: 9 },
  },
  { given: 'exclusive without a bound', schema: { exclusiveMinimum: true, exclusiveMaximum: true }, want: {} },
  { given: 'bounds of 3.1', schema: { exclusiveMinimum: 1, minimum: 0 }, want: { exclusiveMinimum: 1, minimum: 0 } },
  { given: 'an example', schema: { example: null }, want: { examples: [null] } },
  { given: 'nullable false', schema: { type: 'string', nullable: false }, want: { type: 'string' } },
  {
    given: 'nullable with null in the enum',
    schema: { type: 'string', nullable: true, enum: ['a', null] },
    want: { type: ['string', 'null'], enum: ['a', null] },
  },
  { given: 'nullable without a type', schema: { nullable: true, minLength: 1 }, want: { minLength: 1 } },
  {
    given: 'nullable beside a reference, with an extension',
    schema: { nullable: true, $ref: '#/a', 'x-a': 1 },
    want: { 'x-a': 1, anyOf: [{ $ref: '#/a' }, { type: 'null' }] },
  },
  {
    given: 'nullable beside anyOf',
    schema: { nullable: true, anyOf: [{ type: 'string', nullable: true }] },
    want: { anyOf: [{ anyOf: [{ type: ['string', 'null'] }] }, { type: 'null' }] },
  },
  {
    given: 'schemas everywhere',
    schema: {
      properties: { a: { example: 1 } },
      items: { example: 2 },
      allOf: [{ example: 3 }],
      additionalProperties: { not: { example: 4 } },
    },
    want: {
      properties: { a: { examples: [1] } },
      items: { examples: [2] },
      allOf: [{ examples: [3] }],
      additionalProperties: { not: { examples: [4] } },
    },
  },
  {
    given: 'data',
    schema: { default: { nullable: true, example: 1 }, enum: [{ example: 1 }] },
    want: { default: { nullable: true, example: 1 }, enum: [{ example: 1 }] },
  },
  {
    given: 'properties with the names of keywords',
    schema: { properties: { example: { type: 'string' }, nullable: { type: 'string' } } },
    want: { properties: { example: { type: 'string' }, nullable: { type: 'string' } } },
  },
])('$given', ({ schema, want }) => {
  expect(converted(schema)).toEqual(want);
});

test('schemas of parameters and of bodies are converted, and their own examples kept', () => {
  const media = { schema: { type: 'string', nullable: true }, example: { example: 1 } };
  const document = {
    openapi: '3.0.0',
    paths: {
      '/x': { get: { parameters: [{ name: 'a', in: 'query', ...media }], requestBody: { content: { 'a/b': media } } } },
    },
  };
  const nullable = { schema: { type: ['string', 'null'] }, example: { example: 1 } };
  expect(toDialect31(document, () => undefined)).toEqual({
    openapi: '3.1.0',
    paths: {
      '/x': {
        get: { parameters: [{ name: 'a', in: 'query', ...nullable }], requestBody: { content: { 'a/b': nullable } } },
      },
    },
  });
});

test.each([{ openapi: '3.1.0' }, { openapi: 3 }, {}])('the document %j is returned unchanged', (document) => {
  expect(toDialect31(document, () => undefined)).toBe(document);
});

test('objects and lists are passed on with their copies', () => {
  const list = [{ example: 1 }];
  const document = { openapi: '3.0.0', components: { schemas: { A: { allOf: list } } } };
  const copies = new Map<object, object>();
  const result = toDialect31(document, (from, to) => copies.set(from, to));
  expect(copies.get(document)).toBe(result);
  expect(copies.get(list)).toBe(getPointer(result, '/components/schemas/A/allOf'));
  expect(copies.get(list[0] ?? {})).toBe(getPointer(result, '/components/schemas/A/allOf/0'));
});
