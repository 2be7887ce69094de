import { expect, test } from 'vitest';
import type { Json, Schema } from '../../contract/contract.js';
import { school } from '../test-support/school.js';
import { MAX_DEPTH } from './depth.js';
import { jsonOf, kindOf } from './text-kind.js';

test.each<[Schema, string]>([
  [{ type: 'array' }, 'array'],
  [{ type: ['null', 'array'] }, 'array'],
  [{ type: 'object' }, 'object'],
  [{ properties: {} }, 'object'],
  [{ type: 'string', properties: {} }, 'other'],
  [{}, 'other'],
  [{ type: 'string' }, 'other'],
  [{ oneOf: [{ type: 'string' }, { type: 'array' }] }, 'array'],
  [{ anyOf: [{ type: 'object' }, { type: 'array' }] }, 'object'],
  [{ anyOf: [{ type: 'string' }, { anyOf: [{ type: 'array' }] }] }, 'array'],
  [{ oneOf: [true, { type: 'array' }] } as Schema, 'array'],
  [{ oneOf: [{ type: 'string' }] }, 'other'],
  // A type of its own says it all.
  [{ type: 'string', oneOf: [{ type: 'array' }] }, 'other'],
])('%j becomes %s', (schema, want) => {
  expect(kindOf(school, schema)).toBe(want);
});

test('forms of forms are followed some levels deep', () => {
  const nested = (levels: number): Schema => (levels === 0 ? { type: 'array' } : { oneOf: [nested(levels - 1)] });
  expect([kindOf(school, nested(7)), kindOf(school, nested(8))]).toEqual(['array', 'other']);
});

test.each<[string, Json]>([
  ['{"a":[1]}', { a: [1] }],
  ['null', null],
  ['a', 'a'],
  ['{', '{'],
  ['['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH), JSON.parse('['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH))],
  ['['.repeat(MAX_DEPTH + 1) + ']'.repeat(MAX_DEPTH + 1), '['.repeat(MAX_DEPTH + 1) + ']'.repeat(MAX_DEPTH + 1)],
])('%.20s is JSON, or stays text', (text, want) => {
  expect(jsonOf(text)).toEqual(want);
});
