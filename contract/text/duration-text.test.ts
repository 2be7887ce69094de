import { expect, test } from 'vitest';
import { durationText } from './duration-text.js';

test.each([
  [0.4, '0 ms'],
  [250, '250 ms'],
  [1000, '1 s'],
  [89_400, '89 s'],
  [90_000, '2 min'],
  [3_600_050, '60 min'],
  [7_200_000, '2 h'],
])('%d ms', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});
