import { expect, test } from 'vitest';
import { unshared } from './unshared.js';

test('an object or list in two places becomes two, with all that is in it', () => {
  const text = { type: 'string', enum: ['a'] };
  const tags = [text];
  const given = { one: text, list: [text, { inner: tags }], again: { tags } };

  const own = unshared(given);

  expect(own).toEqual(given);
  const objects = objectsIn(own);
  expect(new Set(objects).size).toBe(objects.length);
  expect(own.one).toBe(text);
});

test('a document without such stays the same one', () => {
  const given = { a: { b: [{ c: null }, 'text', 1] }, d: { b: [{ c: null }] } };
  expect(unshared(given)).toBe(given);
});

function objectsIn(value: unknown): readonly object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}
