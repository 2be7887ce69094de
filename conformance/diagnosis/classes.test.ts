import { expect, test } from 'vitest';
import { classOf, collapses } from './classes.js';

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

test.each<[what: string, causes: readonly string[], want: boolean]>([
  ['one cause', ['path id violates format'], false],
  ['one rule of two parameters', ['path id violates format', 'path ticketId violates format'], true],
  ['one rule of two properties', ['body /name violates type', 'body /id violates type'], false],
  ['one rule in two places', ['path id violates type', 'query limit violates type'], false],
  ['two rules of one parameter', ['query limit violates type', 'query limit violates maximum'], false],
  ['three rules', ['body /a violates type', 'body /a violates maximum', 'body /b violates format'], true],
])('become one finding: %s', (_, causes, want) => {
  const members = causes.map((cause) => ({ code: 'WRONGLY_ACCEPTED', cause: `accepted although ${cause}` }));
  expect(collapses(members)).toBe(want);
});
