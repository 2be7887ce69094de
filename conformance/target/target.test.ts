import { expect, test } from 'vitest';
import { parseJson } from './target.js';

const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

test.each([
  { given: 'an object', text: '{"a": 1}', want: { json: { a: 1 } } },
  { given: 'null', text: 'null', want: { json: null } },
  { given: 'an empty body', text: '', want: {} },
  { given: 'HTML', text: '<html></html>', want: {} },
  { given: 'other text', text: 'nope', want: {} },
  { given: 'JSON nested deeper than 500 levels', text: nested(501), want: {} },
])('the JSON of $given', ({ text, want }) => {
  expect(parseJson(text)).toEqual(want);
});

test('JSON nested 500 levels deep is read', () => {
  expect(parseJson(nested(500))).toHaveProperty('json');
});
