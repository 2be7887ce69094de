import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { compact } from './compact.js';

test.each<JsonObject>([
  {},
  { a: 'x', b: 1, c: null, d: true, e: ['x', { f: 'x' }], g: { h: 'x' } },
  { long: 'x'.repeat(64), longer: 'x'.repeat(65), '': '', same: 'x'.repeat(64) },
  Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`n${index}`, `text ${index}`])),
])('a copy has the same properties', (properties) => {
  const copy = compact(properties);
  expect(copy).toEqual(properties);
  expect(copy).not.toBe(properties);
});

test('a copy stays as it is when its original changes', () => {
  const tags = ['a'];
  const copy = compact({ tags, name: 'n' });
  tags.push('b');
  expect(copy).toEqual({ tags: ['a'], name: 'n' });
});
