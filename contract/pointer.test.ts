import { expect, test } from 'vitest';
import { escapeSegment, getPointer, isObject, joinPointer, splitPointer, step, unescapeSegment } from './pointer.js';

test.each([
  { segment: 'plain', escaped: 'plain' },
  { segment: 'a/b', escaped: 'a~1b' },
  { segment: 'a~b', escaped: 'a~0b' },
  { segment: '~1/', escaped: '~01~1' },
  { segment: '', escaped: '' },
])('"$segment" is escaped as "$escaped", and back', ({ segment, escaped }) => {
  expect(escapeSegment(segment)).toBe(escaped);
  expect(unescapeSegment(escaped)).toBe(segment);
});

test('pointers are joined and split', () => {
  expect(joinPointer('/paths', '/users', 'get', 0)).toBe('/paths/~1users/get/0');
  expect(joinPointer('')).toBe('');
  expect(splitPointer('/paths/~1users/get/0')).toEqual(['paths', '/users', 'get', '0']);
  expect(splitPointer('')).toEqual([]);
  expect(splitPointer('/')).toEqual(['']);
});

const value = { a: [{ b: null }, 'x'], '': 1, 'c/d': 2 };

test.each([
  { pointer: '', want: value },
  { pointer: '/', want: 1 },
  { pointer: '/a/0/b', want: null },
  { pointer: '/a/1', want: 'x' },
  { pointer: '/c~1d', want: 2 },
  { pointer: '/a/2', want: undefined },
  { pointer: '/a/01x', want: undefined },
  { pointer: '/a/-1', want: undefined },
  { pointer: '/a/length', want: undefined },
  { pointer: '/constructor', want: undefined },
  { pointer: '/a/1/0', want: undefined },
  { pointer: '/gone/b', want: undefined },
])('the value at "$pointer"', ({ pointer, want }) => {
  expect(getPointer(value, pointer)).toEqual(want);
});

test('a step into nothing is nothing', () => {
  expect(step(undefined, 'a')).toBeUndefined();
  expect(step(5, 'a')).toBeUndefined();
});

test.each([
  { given: {}, want: true },
  { given: [], want: false },
  { given: null, want: false },
  { given: 'a', want: false },
  { given: undefined, want: false },
])('$given is an object: $want', ({ given, want }) => {
  expect(isObject(given)).toBe(want);
});
