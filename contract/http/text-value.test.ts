import { expect, test } from 'vitest';
import type { Contract, Schema } from '../contract.js';
import { valueOfText } from './text-value.js';

/** The schemas here have no references. */
const contract = { resolve: (schema: Schema) => schema } as Contract;

test.each<{ schema: Schema; texts: readonly string[]; want: unknown }>([
  { schema: { type: 'integer' }, texts: ['7'], want: 7 },
  { schema: { type: 'integer' }, texts: ['-7'], want: -7 },
  { schema: { type: 'integer' }, texts: ['0'], want: 0 },
  { schema: { type: 'integer' }, texts: ['10'], want: 10 },
  { schema: { type: 'integer' }, texts: ['1', '2'], want: 2 },
  { schema: { type: 'integer' }, texts: [], want: '' },
  { schema: { type: 'integer' }, texts: ['9007199254740991'], want: 9007199254740991 },
  { schema: { type: 'integer' }, texts: ['9007199254740993'], want: '9007199254740993' },
  { schema: { type: 'integer' }, texts: ['1933576090881074700'], want: 1933576090881074700 },
  { schema: { type: 'number' }, texts: ['1.5'], want: 1.5 },
  { schema: { type: 'number' }, texts: ['-0.25'], want: -0.25 },
  ...['', ' 1', '1 ', '01', '+1', '0x10', '1e3', '.5', '5.', '1.5.5', 'NaN', 'Infinity', 'a1', '1a'].map((text) => ({
    schema: { type: 'number' },
    texts: [text],
    want: text,
  })),
  { schema: { type: 'boolean' }, texts: ['true'], want: true },
  { schema: { type: 'boolean' }, texts: ['false'], want: false },
  { schema: { type: 'boolean' }, texts: ['TRUE'], want: 'TRUE' },
  { schema: { type: 'boolean' }, texts: [''], want: '' },
  { schema: { type: ['string', 'null'] }, texts: [''], want: null },
  { schema: { type: ['string', 'null'] }, texts: ['x'], want: 'x' },
  { schema: { type: 'string' }, texts: ['1'], want: '1' },
  { schema: {}, texts: ['1'], want: '1' },
  { schema: { minimum: 0 }, texts: ['1'], want: 1 },
  { schema: { enum: [1, 2] }, texts: ['2'], want: 2 },
  { schema: { enum: ['1'] }, texts: ['1'], want: '1' },
  { schema: { const: true }, texts: ['true'], want: true },
  { schema: { type: 'array', items: { type: 'integer' } }, texts: ['1', 'x', '2'], want: [1, 'x', 2] },
  { schema: { type: 'array' }, texts: ['1'], want: ['1'] },
  { schema: { type: 'array', items: [{ type: 'integer' }] }, texts: ['1'], want: ['1'] },
  { schema: { anyOf: [{ type: 'integer' }, { type: 'boolean' }] }, texts: ['true'], want: true },
  { schema: { oneOf: [{ type: 'integer' }] }, texts: ['1'], want: 1 },
  { schema: { allOf: [{ type: 'integer' }] }, texts: ['1'], want: 1 },
  { schema: { anyOf: [{ allOf: [{ type: 'integer' }] }] }, texts: ['1'], want: 1 },
])('$texts as $schema', ({ schema, texts, want }) => {
  expect(valueOfText(contract, schema, texts)).toEqual(want);
});
