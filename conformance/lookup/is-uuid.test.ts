import { expect, it } from 'vitest';
import { isUuid } from './is-uuid.js';

it.each([
  ['c7d9f9f9-ac82-4c84-bf2e-c9737852d645', true],
  ['C7D9F9F9-AC82-4C84-BF2E-C9737852D645', true],
  ['c7d9f9f9-ac82-4c84-bf2e-c9737852d64', false],
  ['c7d9f9f9ac824c84bf2ec9737852d645', false],
  ['urn:uuid:c7d9f9f9-ac82-4c84-bf2e-c9737852d645', false],
])('%s: %s', (text, want) => {
  expect(isUuid(text)).toBe(want);
});
