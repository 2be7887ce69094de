import { expect, it } from 'vitest';
import { isRefusal, isSuccess, statusMatches } from './status.js';

it.each([
  [199, false, false],
  [200, true, false],
  [299, true, false],
  [300, false, false],
  [399, false, false],
  [400, false, true],
  [499, false, true],
  [500, false, false],
])('%d: success %s, refusal %s', (status, success, refusal) => {
  expect([isSuccess(status), isRefusal(status)]).toEqual([success, refusal]);
});

it.each([
  ['404', 404, true],
  ['404', 400, false],
  ['4XX', 404, true],
  ['4xx', 499, true],
  ['4XX', 500, false],
  ['default', 404, true],
])('%s covers %d: %s', (documented, status, want) => {
  expect(statusMatches(documented, status)).toBe(want);
});
