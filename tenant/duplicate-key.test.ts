import { expect, test } from 'vitest';
import { duplicateKeyIn } from './duplicate-key.js';

test.each([
  { json: '{"a": 1, "a": 2}', want: { key: 'a', offset: 9 } },
  { json: '{"a": [{"b": 1, "c": {}, "b" : 2}]}', want: { key: 'b', offset: 25 } },
  { json: String.raw`{"a": 1, "\u0061": 2}`, want: { key: 'a', offset: 9 } },
  { json: '{"a": {"a": "a"}, "b": ["a", "a"], "c": "a"}', want: undefined },
  { json: String.raw`{"a\"": "{", "a": "\\"}`, want: undefined },
  { json: '"a"', want: undefined },
])('$json has twice: $want', ({ json, want }) => {
  expect(duplicateKeyIn(json)).toEqual(want);
});
