import { describe, expect, test } from 'vitest';
import type { Contract, Json, JsonObject } from '../contract.js';
import { fitsGivenParts, referencedSchema } from './fits-given-parts.js';

const P = { a: { type: 'string' }, b: {} };

describe('fits', () => {
  test.each<readonly [JsonObject, Json]>([
    [{}, 'x'],
    [{ title: 'A', 'x-a': 1 }, 1],
    [{ type: 'number' }, 1],
    [{ type: 'integer' }, 1],
    [{ type: ['string', 'null'] }, null],
    [{ type: 'string', default: 'b', enum: ['a', 'b'] }, 'a'],
    [{ const: 1 }, 1],
    [{ type: 'string', maxLength: 1 }, '😀'],
    [{ minimum: 1, maximum: 1 }, 1],
    [{ pattern: '^a+$' }, 'aa'],
    [{ format: 'date' }, '2026-01-01'],
    [{ format: 'of our own' }, 'a'],
    [{ type: 'object', properties: P, required: ['a'], additionalProperties: false }, { a: 1 }],
    [{ properties: P, additionalProperties: { type: 'string' }, minProperties: 1 }, { c: 1 }],
    [{ type: 'array', items: P, minItems: 1, maxItems: 1 }, [1]],
  ])('%j: %j', (schema, value) => {
    expect(fitsGivenParts(schema, value)).toBe(true);
  });
});

describe('a scalar that needs a validator', () => {
  test.each<readonly [JsonObject, Json]>([
    [{ type: 'integer' }, 1.5],
    [{ type: 'string' }, null],
    [{ enum: ['a'] }, 'b'],
    [{ const: 1 }, 2],
    [{ minLength: 2 }, '😀'],
    [{ maximum: 1 }, 2],
    [{ pattern: 'a' }, 'b'],
    [{ pattern: '(' }, '('],
    [{ format: 'date' }, 'a'],
    [{ allOf: [{}] }, 1],
    [{ multipleOf: 1 }, 1],
  ])('%j: %j', (schema, value) => {
    expect(fitsGivenParts(schema, value)).toBeUndefined();
  });
});

describe('nothing is known of', () => {
  test.each<readonly [string, JsonObject, Json]>([
    ['an object without what is required', { properties: P, required: ['a'] }, { b: 1 }],
    ['an object with what is forbidden', { properties: P, additionalProperties: false }, { toString: 1 }],
    ['an object with too few properties', { minProperties: 1 }, {}],
    ['an object with too many properties', { maxProperties: 0 }, { a: 1 }],
    ['an object of another type', { type: 'string' }, {}],
    ['an object as an example, whose parts nobody judged', { example: { a: 1 }, properties: P }, { a: 1 }],
    ['an object of several forms', { anyOf: [{ properties: P }] }, { a: 1 }],
    ['a list with too few entries', { type: 'array', minItems: 1 }, []],
    ['a list with too many entries', { type: 'array', maxItems: 0 }, [1]],
    ['a list of unique entries', { type: 'array', uniqueItems: true }, [1, 1]],
    ['a list of another type', { type: 'object' }, []],
  ])('%s', (_, schema, value) => {
    expect(fitsGivenParts(schema, value)).toBe(false);
  });
});

describe('a reference', () => {
  const schemas: Readonly<Record<string, JsonObject>> = {
    '#/a': { $ref: '#/b' },
    '#/b': { type: 'string' },
    '#/loop': { $ref: '#/loop' },
  };
  const contract = {
    resolve: ({ $ref }: JsonObject) => schemas[String($ref)] ?? {},
  } as unknown as Contract;
  test.each<readonly [JsonObject, JsonObject]>([
    [{ $ref: '#/a', description: 'An A.' }, { type: 'string' }],
    [
      { $ref: '#/a', minLength: 1 },
      { $ref: '#/a', minLength: 1 },
    ],
    [{ $ref: '#/loop' }, { $ref: '#/loop' }],
  ])('%j: %j', (schema, want) => {
    expect(referencedSchema(contract, schema)).toEqual(want);
  });
});
