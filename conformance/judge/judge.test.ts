import { describe, expect, it } from 'vitest';
import type { Operation, Problem } from '../../contract/contract.js';
import type { Expectation } from '../check.js';
import { severityOf } from '../finding/finding.js';
import type { Exchange } from '../target/exchange.js';
import { buildRequest, noValues } from '../target/request.js';
import { isBelievable } from './judge.js';
import { answer, contract, judge, open, operation, problems, success } from './test-support/berths.js';

const cases: readonly { name: string; given: Exchange; expected: Expectation; want: readonly string[] }[] = [
  { name: 'a right success', given: answer(201, { id: 'a' }, { 'x-tide': '3' }), expected: success, want: [] },
  { name: 'an empty success', given: answer(204, undefined), expected: success, want: [] },
  { name: 'an unexpected body', given: answer(204, {}), expected: success, want: ['unexpected response body'] },
  {
    name: 'an undocumented success',
    given: answer(200, {}),
    expected: success,
    want: ['status 200 instead of 201 or 204'],
  },
  { name: 'a missing header', given: answer(201, { id: 'a' }), expected: success, want: ['header x-tide: missing'] },
  {
    name: 'a wrong header',
    given: answer(201, { id: 'a' }, { 'x-tide': 'low' }),
    expected: success,
    want: ['header x-tide: value'],
  },
  {
    name: 'a missing property',
    given: answer(201, {}, { 'x-tide': '3' }),
    expected: success,
    want: ['body: required id'],
  },
  {
    name: 'a wrong entry',
    given: answer(201, { id: 'a', lines: [1, 'x'] }, { 'x-tide': '3' }),
    expected: success,
    want: ['body /lines/*: type integer'],
  },
  {
    name: 'HTML',
    given: answer(201, '<p>', { 'content-type': 'text/html', 'x-tide': '3' }),
    expected: success,
    want: ['content type'],
  },
  {
    name: 'half a JSON',
    given: answer(201, '{"id":', { 'x-tide': '3' }),
    expected: success,
    want: ['body is not JSON'],
  },
  { name: 'a server error', given: answer(500, { message: 'oh' }), expected: success, want: ['server error 500'] },
  {
    name: 'a stack trace',
    given: answer(400, { message: 'x\n    at run (/srv/app.js:1:2)' }),
    expected: { kind: 'refusal' },
    want: ['stack trace in the body'],
  },
  {
    name: 'the token',
    given: answer(400, { message: 'long-token-'.repeat(5) }),
    expected: { kind: 'refusal' },
    want: ['token echoed'],
  },
  {
    name: 'the right refusal',
    given: answer(400, { message: 'Bad: no rope', code: 'bad_body' }),
    expected: problems('bad'),
    want: [],
  },
  {
    name: 'another wording',
    given: answer(400, { message: 'No rope', code: 'bad_body' }),
    expected: problems('bad'),
    want: ['message of bad'],
  },
  {
    name: 'another errorCode',
    given: answer(400, { message: 'Bad: x', code: 'oops' }),
    expected: problems('bad'),
    want: ['errorCode oops instead of bad_body'],
  },
  {
    name: 'a missing errorCode',
    given: answer(400, { message: 'Bad: x' }),
    expected: problems('bad'),
    want: ['errorCode missing instead of bad_body'],
  },
  {
    name: 'another status',
    given: answer(409, { message: 'x', code: 'bad_body' }),
    expected: problems('bad'),
    want: ['status 409 instead of 400 when there is a reason'],
  },
  {
    name: 'no refusal at all',
    given: answer(204, undefined),
    expected: problems('bad'),
    want: ['accepted although there is a reason'],
  },
  {
    name: 'one of several causes',
    given: answer(409, { message: 'Taken by Ada' }),
    expected: problems('full', 'taken'),
    want: [],
  },
  { name: 'any documented answer', given: answer(409, { message: 'x' }), expected: { kind: 'documented' }, want: [] },
  {
    name: 'the right status and reason in the body',
    given: answer(409, { message: 'x', status: 409, reason: 'CONFLICT' }),
    expected: { kind: 'documented' },
    want: [],
  },
  {
    name: 'another status in the body',
    given: answer(409, { message: 'x', status: 400, reason: 'Conflict' }),
    expected: { kind: 'documented' },
    want: ['body /status is not the status of the response'],
  },
  {
    name: 'another reason in the body',
    given: answer(409, { message: 'x', status: 409, reason: 'Bad Request' }),
    expected: { kind: 'documented' },
    want: ['body /reason is not the reason of the response'],
  },
  {
    name: 'a status of another type in the body',
    given: answer(409, { message: 'x', status: '400' }),
    expected: { kind: 'documented' },
    want: ['body /status: type integer'],
  },
  {
    name: 'a status in the body of a success',
    given: answer(201, { id: 'a', status: 400 }, { 'x-tide': '3' }),
    expected: success,
    want: [],
  },
  {
    name: 'an errorCode of another cause',
    given: answer(409, { message: 'Taken by Ada', code: 'full' }),
    expected: problems('full'),
    want: [],
  },
  {
    name: 'the right header of a problem',
    given: answer(410, { message: 'x' }, { 'x-berth': 'berth 7' }),
    expected: problems('gone'),
    want: [],
  },
  {
    name: 'a wrong header of a problem',
    given: answer(410, { message: 'x' }, { 'x-berth': 'seven' }),
    expected: problems('gone'),
    want: ['header x-berth of gone'],
  },
  {
    name: 'a missing header of a problem',
    given: answer(410, { message: 'x' }),
    expected: problems('gone'),
    want: ['header x-berth of gone'],
  },
  {
    name: 'a missing message',
    given: answer(409, {}),
    expected: problems('taken'),
    want: ['message of taken', 'body: required message'],
  },
  {
    name: 'a documented class of statuses',
    given: answer(302, 'moved', { 'content-type': 'text/plain' }),
    expected: { kind: 'documented' },
    want: [],
  },
  {
    name: 'a content type outside the documented range',
    given: answer(302, '{}', { 'content-type': 'application/json' }),
    expected: { kind: 'documented' },
    want: ['content type'],
  },
  {
    name: 'a success where any refusal is expected',
    given: answer(204, undefined),
    expected: { kind: 'refusal', because: 'the rope is short' },
    want: ['accepted although the rope is short'],
  },
  {
    name: 'an undocumented status where any refusal is expected',
    given: answer(418, { message: 'x' }),
    expected: { kind: 'refusal' },
    want: ['status 418 instead of a documented one'],
  },
  {
    name: 'a refusal where a success is expected',
    given: answer(400, { message: 'x' }),
    expected: success,
    want: ['status 400 instead of 201 or 204'],
  },
  {
    name: 'a problem without a reason',
    given: answer(409, { message: 'x' }),
    expected: { kind: 'problem', problems: [contract.problems.get('bad') as Problem] },
    want: ['status 409 instead of 400 for bad'],
  },
  {
    name: 'a success instead of a problem without a reason',
    given: answer(204, undefined),
    expected: { kind: 'problem', problems: [contract.problems.get('bad') as Problem] },
    want: ['accepted instead of bad'],
  },
  {
    name: 'an undocumented refusal',
    given: answer(418, { message: 'x' }),
    expected: { kind: 'documented' },
    want: ['status 418 instead of a documented one'],
  },
];

describe('judge', () => {
  it.each(cases)('$name: $want', ({ given, expected, want }) => {
    expect(judge.judge(given, expected).map(({ cause }) => cause)).toEqual(want);
  });

  it('never fails for wording alone, and weighs everything else by its evidence', () => {
    const [wording] = judge.judge(answer(400, { message: 'x', code: 'bad_body' }), problems('bad'));
    expect(wording && severityOf(wording.evidence)).toBe('warned');
    const [accepted] = judge.judge(answer(204, undefined), problems('full'));
    expect(accepted && severityOf(accepted.evidence)).toBe('warned');
    const [status] = judge.judge(answer(200, {}), success);
    expect(status && severityOf(status.evidence)).toBe('failed');
  });

  it('judges a request without an operation by what is expected of every server', () => {
    const { operation: _, ...request } = answer(404, 'not found').request;
    expect(judge.judge({ ...answer(404, 'not found'), request }, success)).toEqual([]);
    expect(judge.judge({ ...answer(503, 'oh'), request }, success)).toHaveLength(1);
  });
});

it('names a body that is nested too deep as such', () => {
  const text = `${'['.repeat(600)}${']'.repeat(600)}`;
  const [violation] = judge.judge(answer(201, text, { 'x-tide': '3' }), success);
  expect(violation).toMatchObject({
    code: 'NOT_JSON',
    cause: 'body is nested too deep',
    expected: 'a JSON body of at most 500 levels',
  });
});

it('only observes an answer that repeats how deep the request is nested', () => {
  const text = `${'['.repeat(600)}${']'.repeat(600)}`;
  const deep = answer(201, text, { 'x-tide': '3' });
  const severities = (given: Exchange) => judge.judge(given, success).map(({ evidence }) => severityOf(evidence));
  expect(severities(deep)).toEqual(['failed']);
  expect(severities({ ...deep, request: { ...deep.request, body: text } })).toEqual(['observed']);
});

it('judges the answer to HEAD by its headers alone', () => {
  const head: Operation = { ...operation, method: 'HEAD' };
  const asked = (given: Exchange): Exchange => ({ ...given, request: buildRequest(head, noValues) });
  const causes = (given: Exchange) => judge.judge(asked(given), success).map(({ cause }) => cause);
  expect(causes(answer(201, undefined, { 'x-tide': '3' }))).toEqual([]);
  expect(causes(answer(201, undefined))).toEqual(['header x-tide: missing']);
  // Without a documented body there is one to judge: it must be empty.
  expect(causes(answer(204, {}))).toEqual(['unexpected response body']);
});

it('accepts the wording of any of several problems', () => {
  const worded = [contract.problems.get('bad'), contract.problems.get('taken')] as readonly Problem[];
  const both: Operation = {
    ...operation,
    responses: operation.responses.map((response) =>
      response.status === '409' ? { ...response, problems: worded } : response,
    ),
  };
  const causes = (message: string) =>
    judge
      .judge(
        { ...answer(409, { message, code: 'bad_body' }), request: buildRequest(both, noValues) },
        { kind: 'problem', problems: worded },
      )
      .map(({ cause, expected }) => `${cause}: ${expected}`);
  expect([causes('Bad: x'), causes('Taken by Ada')]).toEqual([[], []]);
  expect(causes('Lost')).toEqual(['message of bad or taken: Bad: {reason} | Taken by {name}.']);
});

it('accepts any wording of several problems of which one has no message', () => {
  expect(judge.judge(answer(409, { message: 'y', code: 'full' }), problems('full', 'taken'))).toEqual([]);
});

/** The same answer where the document lists another success. */
function without204(exchange: Exchange): Exchange {
  const responses = operation.responses.filter(({ status }) => status !== '204');
  return { ...exchange, request: { ...exchange.request, operation: { ...operation, responses } } };
}

it.each([
  { name: 'a documented success with an object', given: answer(201, { id: 'a' }), want: true },
  { name: 'a documented success with a list', given: answer(201, []), want: true },
  { name: 'a documented success without a body', given: answer(204, undefined), want: true },
  { name: 'HTML', given: answer(201, '<p>'), want: false },
  { name: 'null', given: answer(201, 'null'), want: false },
  { name: 'a word', given: answer(201, '"done"'), want: false },
  { name: 'a number', given: answer(201, '1'), want: false },
  { name: 'an empty body where there should be one', given: answer(201, undefined), want: false },
  { name: 'a body where there should be none', given: answer(204, {}), want: false },
  { name: 'an undocumented success without a body', given: without204(answer(204, undefined)), want: true },
  { name: 'an undocumented success', given: answer(200, {}), want: false },
  { name: 'a documented refusal', given: answer(400, {}), want: false },
  { name: 'a response without an operation', given: { ...answer(201, {}), request: open('/elsewhere') }, want: false },
])('believes $name: $want', ({ given, want }) => {
  expect(isBelievable(given)).toBe(want);
});
