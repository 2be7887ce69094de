import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../contract/contract.js';
import { contractOf } from '../test-support/contract.js';
import { constraintsInWords, typeInWords } from './constraints.js';

const contract = contractOf({}, { schemas: { Name: { type: 'string', maxLength: 5 } } });

describe('types', () => {
  const cases: readonly { given: JsonObject; want: string }[] = [
    { given: { type: 'string' }, want: 'string' },
    { given: { type: 'string', format: 'date-time' }, want: 'string (date-time)' },
    { given: { type: ['string', 'null'] }, want: 'string or null' },
    { given: { type: 'array', items: { $ref: '#/components/schemas/Name' } }, want: 'list of string' },
    {
      given: { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
      want: 'string or list of string',
    },
    { given: { properties: {} }, want: 'object' },
    { given: {}, want: 'any' },
  ];
  test.each(cases)('$want', ({ given, want }) => expect(typeInWords(contract, given)).toBe(want));
});

describe('constraints', () => {
  const cases: readonly { given: JsonObject; want: readonly string[] }[] = [
    { given: {}, want: [] },
    { given: { minLength: 1 }, want: ['at least 1 character'] },
    { given: { minLength: 0 }, want: [] },
    { given: { minimum: 0 }, want: ['at least 0'] },
    { given: { minimum: 1, maximum: 100 }, want: ['1 to 100'] },
    { given: { minItems: 1, maxItems: 50, uniqueItems: true }, want: ['1 to 50 entries', 'unique entries'] },
    { given: { minItems: 2, maxItems: 2 }, want: ['exactly 2 entries'] },
    { given: { exclusiveMinimum: 0 }, want: ['more than 0'] },
    { given: { pattern: 'a|b' }, want: ['matches `a|b`'] },
    { given: { enum: ['a', null] }, want: ['one of `a`, `null`'] },
    { given: { const: 1 }, want: ['always `1`'] },
    { given: { items: { $ref: '#/components/schemas/Name' } }, want: ['each: at most 5 characters'] },
    { given: { $ref: '#/components/schemas/Name' }, want: ['at most 5 characters'] },
    { given: { allOf: [{ $ref: '#/components/schemas/Name' }], minLength: 2 }, want: ['2 to 5 characters'] },
  ];
  test.each(cases)('$given', ({ given, want }) => expect(constraintsInWords(contract, given)).toEqual(want));
});
