import { expect, test } from 'vitest';
import { REQUIRED, UNDOCUMENTED } from '../judge/conform.js';
import { besidesViolations } from './consequences.js';
import { difference } from './difference.js';

const status = (recorded: number, answered: number) => difference('status', recorded, answered, 'as recorded');
const isNull = difference('request body/note', 'must be string', null, REQUIRED);
const unlisted = (answered: number) => difference('status', 'one of 200, 404', answered, UNDOCUMENTED);

test('a target that refuses a request which the contract forbids is right', () => {
  const found = [status(201, 422)];
  expect(besidesViolations([isNull], found, { recorded: 201, answered: 422 })).toEqual([]);
  expect(besidesViolations([isNull], found, { recorded: 201, answered: 500 })).toEqual(found);
  const name = difference('body/name', 'a', 'b', 'as sent');
  expect(besidesViolations([isNull], [name], { recorded: 201, answered: 201 })).toEqual([name]);
});

test('a refusal for another reason than the request does not follow from it', () => {
  for (const answered of [401, 404, 429]) {
    const found = [status(201, answered)];
    expect(besidesViolations([isNull], found, { recorded: 201, answered })).toEqual(found);
  }
  const inPath = difference('path id', 'must be a number', 'a', REQUIRED);
  expect(besidesViolations([inPath], [status(200, 404)], { recorded: 200, answered: 404 })).toEqual([]);
});

test('a status that the contract does not list says nothing of a failure, or of a refusal where it was a success', () => {
  for (const [recorded, answered] of [
    [202, 404],
    [202, 500],
    [409, 503],
  ] as const) {
    const found = [status(recorded, answered)];
    expect(besidesViolations([unlisted(recorded)], found, { recorded, answered })).toEqual(found);
  }
  expect(besidesViolations([unlisted(202)], [status(202, 200)], { recorded: 202, answered: 200 })).toEqual([]);
});

test('a status that the contract does not list cannot be expected', () => {
  expect(besidesViolations([unlisted(409)], [status(409, 404)], { recorded: 409, answered: 404 })).toEqual([]);
});

test('what the recorded answer and that of the target do wrong alike is said once', () => {
  const other = difference('body/id', 'a value', undefined, REQUIRED);
  const answers = { recorded: 401, answered: 401 };
  expect(besidesViolations([unlisted(401)], [unlisted(401), other], answers)).toEqual([other]);
});

test('without a violation, all differences count', () => {
  const icon = difference('body/icon', 'a value', undefined, REQUIRED);
  expect(besidesViolations([], [status(200, 404)], { recorded: 200, answered: 404 })).toHaveLength(1);
  expect(besidesViolations([icon], [status(200, 404)], { recorded: 200, answered: 404 })).toHaveLength(1);
});

test('a recorded value that the contract forbids is not expected of the target, but what was sent is', () => {
  const violation = difference('body/kind', 'must be one of "phone", "post"', 'fax', REQUIRED);
  const answers = { recorded: 200, answered: 200 };
  const asRecorded = difference('body/kind', 'fax', 'phone', 'as sent');
  expect(besidesViolations([violation], [asRecorded], answers)).toEqual([]);
  const kept = [
    difference('body/kind', 'phone', 'post', 'as sent'),
    difference('body/kind', 'must be one of "phone", "post"', 'telex', REQUIRED),
    difference('body/other', 'fax', 'phone', 'as sent'),
    difference('body/kind', undefined, 'phone', 'as recorded'),
  ];
  expect(besidesViolations([violation], kept, answers)).toEqual(kept);
});
