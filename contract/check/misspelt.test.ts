import { expect, test } from 'vitest';
import { meantBy } from './misspelt.js';

const words = ['get', 'put', 'security', 'maxItems', 'maxLength'];

test.each([
  { given: 'gett', want: 'get' },
  { given: 'secrity', want: 'security' },
  { given: 'maxItms', want: 'maxItems' },
  { given: 'maxItem', want: 'maxItems' },
  { given: 'query', want: undefined },
  { given: 'maximum', want: undefined },
])('"$given" is taken for $want', ({ given, want }) => {
  expect(meantBy(given, words)).toBe(want);
});
