import { expect, test } from 'vitest';
import { classOf } from './classes.js';

test.each([
  ['status 200 instead of 204', 'valid requests get other statuses than documented'],
  ['status 404 instead of 400 when the body is missing', 'refusals have other statuses than documented'],
  ['status 403 instead of 401 for token-missing', 'refusals have other statuses than documented'],
  ['status 418 instead of a documented one', 'refusals have other statuses than documented'],
  ['status 415, which the contract does not list', 'invalid requests get statuses that the contract does not list'],
])('%s', (cause, expected) => {
  const found = { code: 'WRONG_STATUS', cause, check: 'documented-success', family: 'status-and-shape' } as const;
  expect(
    classOf({ ...found, operations: [], foundAt: '', fingerprint: '', severity: 'failed' }, () => undefined).cause,
  ).toBe(expected);
});
