import { expect, it } from 'vitest';
import type { Expectation } from '../check.js';
import type { Exchange } from '../target/exchange.js';
import { answer, contract, judge, problems, success } from './test-support/berths.js';

/** A violation without the exchange: code, evidence, then what was expected and what came. */
function inFull(given: Exchange, expected: Expectation): readonly string[] {
  return judge
    .judge(given, expected)
    .map((one) => `${one.code} (${one.evidence.grade}): expected ${one.expected}; received ${one.actual}`);
}

it.each<{ name: string; given: Exchange; expected: Expectation; want: readonly string[] }>([
  {
    name: 'an unexpected body',
    given: answer(204, { a: 1 }),
    expected: success,
    want: ['UNEXPECTED_BODY (recorded): expected 204 without a body; received a body: {"a":1}'],
  },
  {
    name: 'another content type',
    given: answer(201, '<p>', { 'content-type': 'Text/HTML; charset=utf-8', 'x-tide': '3' }),
    expected: success,
    want: [
      'CONTENT_TYPE (recorded): expected Content-Type application/json; received 201 with Content-Type text/html: <p>',
    ],
  },
  {
    name: 'JSON in another encoding than UTF-8',
    given: answer(201, { id: 'a' }, { 'content-type': 'application/json; Charset="ISO-8859-1"', 'x-tide': '3' }),
    expected: success,
    want: [
      'CONTENT_TYPE (documented): expected Content-Type application/json, in UTF-8; ' +
        'received Content-Type application/json; Charset="ISO-8859-1"',
    ],
  },
  {
    name: 'JSON in UTF-8, said with a charset',
    given: answer(201, { id: 'a' }, { 'content-type': 'application/json;charset=UTF-8', 'x-tide': '3' }),
    expected: success,
    want: [],
  },
  {
    name: 'no content type',
    given: { ...answer(201, {}), response: { status: 201, headers: { 'x-tide': '3' }, text: '{}', json: {} } },
    expected: success,
    want: ['CONTENT_TYPE (recorded): expected Content-Type application/json; received 201 with no Content-Type: {}'],
  },
  {
    name: 'an empty body in place of JSON',
    given: answer(201, undefined, { 'content-type': 'application/json', 'x-tide': '3' }),
    expected: success,
    want: ['NOT_JSON (recorded): expected a JSON body; received an empty body'],
  },
  {
    name: 'a property of another type and a header that is missing',
    given: answer(201, { id: 1 }),
    expected: success,
    want: [
      'HEADER (recorded): expected a header x-tide; received none',
      'BODY_SCHEMA (recorded): expected /id must be string; received 201 {"id":1}',
    ],
  },
  {
    name: 'a body of another type and a header with another value',
    given: answer(201, [], { 'x-tide': 'low' }),
    expected: success,
    want: [
      'HEADER (recorded): expected x-tide that must be integer; received x-tide: low',
      'BODY_SCHEMA (recorded): expected the body must be object; received 201 []',
    ],
  },
  {
    name: 'a header whose own evidence is weaker than that of its response',
    given: answer(204, undefined, { 'x-depth': 'deep' }),
    expected: success,
    want: ['HEADER (unknown): expected x-depth that must be integer; received x-depth: deep'],
  },
  {
    name: 'an undocumented success',
    given: answer(200, { a: 1 }),
    expected: success,
    want: ['WRONG_STATUS (recorded): expected 201 or 204; received 200 {"a":1}'],
  },
  {
    name: 'an undocumented status that is no success',
    given: answer(100, undefined),
    expected: { kind: 'documented' },
    want: ['WRONG_STATUS (documented): expected 201 or 204 or 400 or 409 or 410 or 3XX; received 100'],
  },
  {
    name: 'a redirect beside the successes',
    given: answer(300, undefined, { 'content-type': 'text/plain' }),
    expected: success,
    want: ['WRONG_STATUS (recorded): expected 201 or 204; received 300'],
  },
  {
    name: 'a success where any refusal is expected',
    given: answer(204, undefined),
    expected: { kind: 'refusal' },
    want: ['WRONGLY_ACCEPTED (recorded): expected 400 or 409 or 410, because the request is invalid; received 204'],
  },
  {
    name: 'an undocumented refusal',
    given: answer(418, 'tea'),
    expected: { kind: 'refusal' },
    want: ['WRONG_STATUS (documented): expected 400 or 409 or 410; received 418 tea'],
  },
  {
    name: 'a success in place of one of several problems',
    given: answer(204, undefined),
    expected: problems('bad', 'gone', 'full'),
    want: [
      'WRONGLY_ACCEPTED (documented): expected 400 bad_body, or 410, or 409 full, because there is a reason; received 204',
    ],
  },
  {
    name: 'a status of none of the problems',
    given: answer(410, { message: 'x', code: 'oops' }),
    expected: { kind: 'problem', problems: [...contract.problems.values()].filter(({ name }) => name !== 'gone') },
    want: [
      'WRONG_STATUS (recorded): expected 400 bad_body, or 409 full, or 409; received 410 oops {"message":"x","code":"oops"}',
    ],
  },
  {
    name: 'another errorCode',
    given: answer(400, { message: 'Bad: x', code: 'oops' }),
    expected: problems('bad'),
    want: ['ERROR_CODE (documented): expected 400 bad_body; received 400 oops {"message":"Bad: x","code":"oops"}'],
  },
  {
    name: 'another message',
    given: answer(409, { message: 'Lost', code: 'x' }),
    expected: problems('taken'),
    want: ['ERROR_MESSAGE (reported): expected Taken by {name}.; received Lost'],
  },
  {
    name: 'no message',
    given: answer(409, {}),
    expected: problems('taken'),
    want: [
      'ERROR_MESSAGE (reported): expected Taken by {name}.; received no message',
      "BODY_SCHEMA (recorded): expected the body must have required property 'message'; received 409 {}",
    ],
  },
  {
    name: 'headers of a problem',
    given: answer(410, { message: 'x' }, { 'x-berth': 'seven' }),
    expected: problems('gone'),
    want: ['ERROR_HEADER (documented): expected x-berth: berth {number}; received x-berth: seven'],
  },
  {
    name: 'a missing header of a problem',
    given: answer(410, { message: 'x' }),
    expected: problems('gone'),
    want: ['ERROR_HEADER (documented): expected x-berth: berth {number}; received none'],
  },
  {
    name: 'another status and reason in the body',
    given: answer(409, { message: 'x', status: 400, reason: 'Gone' }),
    expected: { kind: 'documented' },
    want: [
      'STATUS_IN_BODY (recorded): expected status: 409; received status: 400, with status 409',
      'STATUS_IN_BODY (recorded): expected reason: "Conflict"; received reason: "Gone", with status 409',
    ],
  },
])('says what it expected and received: $name', ({ given, expected, want }) => {
  expect(inFull(given, expected)).toEqual(want);
});
