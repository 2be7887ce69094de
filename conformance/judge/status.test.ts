import { expect, it } from 'vitest';
import { readContract } from '../../contract/read/read.js';
import type { Expectation } from '../check.js';
import { buildRequest, noValues } from '../target/request.js';
import { isRefusal, isSuccess, judgeStatus, statusMatches } from './status.js';

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

it.each([
  [['303', 'default'], 303, true],
  [['303', 'default'], 404, false],
  [['default'], 303, false],
  [['200', '303', 'default'], 303, false],
  [['400', '404'], 404, true],
  [['200'], 200, true],
  [['default'], 200, true],
])('of %j, %d is what a valid request may get: %s', (statuses, status, want) => {
  const violation = judged(statuses, status, { kind: 'success' });
  expect(violation === undefined).toBe(want);
});

it.each([
  [['400', '404'], 'there is no token', '401 or 403, because there is no token'],
  [['400', '403'], 'there is no token', '400 or 403, because there is no token'],
  [['4XX'], 'the token is expired', '4XX, because the token is expired'],
  [['400', '401'], 'the key in header X-Key is wrong', '400 or 401, because the key in header X-Key is wrong'],
  [['404', '422'], 'the body is empty', '422, because the body is empty'],
  [['401', '404', '409', '422'], 'there is no token', '401 or 404, because there is no token'],
  [['404', '409'], 'body violates type', 'a refusal, because body violates type'],
  [['404', '409', '422'], 'body /name violates minLength', '422, because body /name violates minLength'],
  [['404', '409'], 'path id violates format', '404 or 409, because path id violates format'],
  [['404', '409'], 'the song is known already', '404 or 409, because the song is known already'],
  [['400', '401'], 'query next_token violates type', '400, because query next_token violates type'],
  [['default'], 'the song was deleted', 'a refusal, because the song was deleted'],
  [['404', 'default'], 'the song was deleted', '404, because the song was deleted'],
])('of %j, what is accepted although %s should get %s', (refusals, because, want) => {
  const violation = judged(['200', ...refusals], 200, { kind: 'refusal', because });
  expect(violation).toMatchObject({ expected: want, evidence: { grade: 'documented' } });
});

it.each([
  [['302'], 'unknown', 'status 302, which the contract does not list as a refusal'],
  [['3XX'], 'unknown', 'status 302, which the contract does not list as a refusal'],
  [['3XX', '401'], 'documented', 'status 302 instead of a documented one'],
  [['200', '302'], 'documented', 'status 302 instead of a documented one'],
  [['200', '401'], 'documented', 'status 302 instead of a documented one'],
])('of %j, a redirect of a request that should be refused is %s', (statuses, grade, cause) => {
  const violation = judged(statuses, 302, { kind: 'refusal', because: 'the token is one word' });
  expect(violation).toMatchObject({ cause, evidence: { grade } });
});

it('expects no status that stands for other reasons in place of another refusal', () => {
  const violation = judged(['201', '401', '409', '422'], 400, { kind: 'refusal', because: 'body violates type' });
  expect(violation?.expected).toBe('422');
});

it.each([
  [['303', 'default'], '303'],
  [['200', '303', '400'], '200'],
])('of %j, a valid request that is refused should get %s', (statuses, want) => {
  expect(judged(statuses, 400, { kind: 'success' })).toMatchObject({
    cause: `status 400 instead of ${want}`,
    expected: want,
  });
});

/** The judgement of an answer to an operation that documents these statuses. */
function judged(statuses: readonly string[], status: number, expectation: Expectation) {
  const responses = Object.fromEntries(statuses.map((each) => [each, { description: each }]));
  const paths = { '/x': { post: { responses } } };
  const [operation] = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }).operations;
  if (operation === undefined) throw new Error('no operation');
  const response = { status, headers: {}, text: '' };
  const exchange = { request: buildRequest(operation, noValues), response, durationMs: 1 };
  const documented = operation.responses.find((each) => statusMatches(each.status, status));
  return judgeStatus({ exchange, operation, expectation, documented, hasTokens: true });
}
