import { expect, test } from 'vitest';
import { closestWord } from './closest-word.js';

const words = ['get', 'put', 'security', 'maxItems', 'maxLength', 'operationId'];

test.each([
  { given: 'gett', want: 'get' },
  { given: 'secrity', want: 'security' },
  { given: 'maxItms', want: 'maxItems' },
  { given: 'maxItem', want: 'maxItems' },
  { given: 'maxLength', want: 'maxLength' },
  { given: 'operationID', want: 'operationId' },
  { given: 'secritys', want: 'security' },
  { given: 'secritis', want: undefined },
  { given: 'gots', want: undefined },
  { given: 'query', want: undefined },
  { given: 'maximum', want: undefined },
])('the closest word to "$given" is $want', ({ given, want }) => {
  expect(closestWord(given, words)).toBe(want);
});
