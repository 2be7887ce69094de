import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../contract/contract.js';
import { contractOf } from '../test-support/contract.js';
import { exampleValue } from './example-value.js';

const node = { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } }, required: ['next'] };
const contract = contractOf({}, { schemas: { Node: node } });

describe('a value', () => {
  const cases: readonly { given: JsonObject; want: Json }[] = [
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
  ];
  test.each(cases)('$want', ({ given, want }) => {
    const value = exampleValue(contract, given);
    expect(value).toEqual(want);
    // `readOnly` properties are required in responses only.
    const { required: _, ...schema } = given;
    expect(new Ajv2020({ strict: false }).validate(schema, value)).toBe(true);
  });
});

test('a recursive schema has a finite example', () => {
  expect(JSON.stringify(exampleValue(contract, { $ref: '#/components/schemas/Node' }))).toContain('{}');
});
