import { expect, test } from 'vitest';
import { bareMediaType, mediaTypeMatches } from './media-type.js';

test.each([
  ['application/json', 'application/json', true],
  ['application/json', 'application/problem+json', false],
  ['application/json', 'application/json5', false],
  ['text/*', 'text/plain', true],
  ['text/*', 'texture/plain', false],
  ['*/*', 'text/plain', true],
])('%s matches %s: %s', (range, type, want) => {
  expect(mediaTypeMatches(range, type)).toBe(want);
});

test('parameters and case are dropped', () => {
  expect(bareMediaType('Application/JSON ; charset=utf-8')).toBe('application/json');
});
