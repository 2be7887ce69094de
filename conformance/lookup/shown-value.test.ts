import { expect, it } from 'vitest';
import { showsValue } from './shown-value.js';

it.each([
  ['2025-03-29T13:22:26.480Z', '2025-03-29T08:22:26.480000-05:00', true],
  ['2025-03-29T13:22:26Z', '2025-03-29T13:22:26.000+00:00', true],
  ['2025-03-29T13:22:26.480Z', '2025-03-29T13:22:26Z', false],
  ['2025-03-29T13:22:26Z', '2025-03-29T13:22:26-05:00', false],
  ['2025-03-29', '2025-03-30', false],
  ['Ada', 'ADA', true],
])('%s shown as %s: %s', (sent, shown, want) => {
  expect(showsValue(shown, sent)).toBe(want);
});
