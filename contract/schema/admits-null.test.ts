import { expect, test } from 'vitest';
import type { Schema } from '../contract.js';
import { readContract } from '../read/read.js';
import { admitsNull } from './admits-null.js';

const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Nulls', version: '1' },
  paths: {},
  components: { schemas: { None: { type: 'null' }, Name: { type: 'string' } } },
});
const none = { $ref: '#/components/schemas/None' };
const name = { $ref: '#/components/schemas/Name' };

test.each<{ schema: Schema; want: boolean }>([
  { schema: { type: 'null' }, want: true },
  { schema: { type: ['string', 'null'] }, want: true },
  { schema: { type: ['string'] }, want: false },
  { schema: { type: 'string' }, want: false },
  { schema: {}, want: false },
  { schema: none, want: true },
  // As pydantic writes an optional value.
  { schema: { anyOf: [{ type: 'string' }, { type: 'null' }] }, want: true },
  { schema: { oneOf: [name, none] }, want: true },
  { schema: { oneOf: [name] }, want: false },
  { schema: { oneOf: [name, { anyOf: [none] }] }, want: true },
  { schema: { oneOf: [none], anyOf: [name] }, want: false },
  { schema: { type: 'string', oneOf: [none] }, want: false },
  { schema: { enum: ['a', null] }, want: true },
  { schema: { type: ['string', 'null'], enum: ['a'] }, want: false },
  { schema: { const: null }, want: true },
  { schema: { allOf: [{ type: ['string', 'null'] }] }, want: true },
  { schema: { allOf: [{ type: ['string', 'null'] }, { type: 'string' }] }, want: false },
])('$schema says that null is valid: $want', ({ schema, want }) => {
  expect(admitsNull(contract, schema)).toBe(want);
});
