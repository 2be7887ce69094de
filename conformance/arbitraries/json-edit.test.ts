import { describe, expect, it } from 'vitest';
import type { Json } from '../../contract/contract.js';
import { editJson, type JsonEdit } from './json-edit.js';

describe('editJson', () => {
  const cases: readonly { given: Json; edit: JsonEdit; want: Json }[] = [
    {
      given: { a: 1 },
      edit: { kind: 'set', pointer: '/a', value: 2 },
      want: { a: 2 },
    },
    {
      given: { a: [1, 2] },
      edit: { kind: 'set', pointer: '/a/1', value: null },
      want: { a: [1, null] },
    },
    {
      given: { a: [1, 2] },
      edit: { kind: 'remove', pointer: '/a/0' },
      want: { a: [2] },
    },
    {
      given: {},
      edit: { kind: 'set', pointer: '/a/b', value: 1 },
      want: { a: { b: 1 } },
    },
    {
      given: { a: { b: 1, c: 2 } },
      edit: { kind: 'remove', pointer: '/a/b' },
      want: { a: { c: 2 } },
    },
    {
      given: { 'a/b': 1 },
      edit: { kind: 'set', pointer: '/a~1b', value: 2 },
      want: { 'a/b': 2 },
    },
    {
      given: { a: 1 },
      edit: { kind: 'set', pointer: '', value: [] },
      want: [],
    },
  ];
  it.each(cases)('$edit of $given', ({ given, edit, want }) => {
    const before = JSON.stringify(given);
    expect(editJson(given, edit)).toEqual(want);
    expect(JSON.stringify(given)).toBe(before);
  });
});
