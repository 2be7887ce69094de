import { expect, test } from 'vitest';
import { resourceName, singularOf } from './resource-name.js';

test.each([
  ['songs', 'song'],
  ['categories', 'category'],
  ['movies', 'movie'],
  ['people', 'person'],
  ['addresses', 'address'],
  ['boxes', 'box'],
  ['branches', 'branch'],
  ['caches', 'cache'],
  ['databases', 'database'],
  ['statuses', 'status'],
  ['status', 'status'],
  ['viruses', 'virus'],
  ['houses', 'house'],
  ['aliases', 'alias'],
  ['alias', 'alias'],
  ['series', 'series'],
  ['tv-series', 'tv-series'],
  ['species', 'species'],
  ['device-types', 'device-type'],
  ['analysis', 'analysis'],
])('one of %s is a %s', (many, one) => {
  expect(singularOf(many)).toBe(one);
});

test('a name that another resource has gets a number', () => {
  expect(resourceName(['', 'house-types'], new Set(['type', 'type-2']))).toBe('type-3');
});
