import { describe, expect, it } from 'vitest';
import type { Contract, Operation, Problem, Response } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import type { SchemaError } from '../../contract/schema/schema-validator.js';
import type { Expectation } from '../check.js';
import { severityOf } from '../finding.js';
import type { Exchange } from '../target/exchange.js';
import { buildRequest, noValues, type PlannedRequest } from '../target/request.js';
import { parseJson } from '../target/target.js';
import { type AnswerShape, AnswerShapes } from './answer-shape.js';
import { createJudge, isBelievable } from './judge.js';

const contract: Contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Berths', version: '1' },
  paths: {
    '/berths': {
      post: {
        operationId: 'moor',
        security: [{ token: [] }],
        'x-evidence': {
          '': { grade: 'recorded', source: 'test' },
          '/responses/204/headers/x-depth': { grade: 'unknown', source: 'test' },
        },
        responses: {
          '201': {
            description: 'Moored',
            headers: { 'x-tide': { required: true, schema: { type: 'integer' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Berth' } } },
          },
          '204': { description: 'Nothing to moor', headers: { 'x-depth': { schema: { type: 'integer' } } } },
          '3XX': { description: 'Elsewhere', content: { 'text/*': { schema: {} } } },
          '400': {
            description: 'Bad',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
            'x-problems': ['bad'],
          },
          '409': {
            description: 'Full',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
            'x-problems': ['full', 'taken'],
          },
          '410': {
            description: 'Gone',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
            'x-problems': ['gone'],
          },
        },
      },
    },
  },
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Berth: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'string' }, lines: { type: 'array', items: { type: 'integer' } } },
      },
      Error: {
        type: 'object',
        required: ['message'],
        properties: {
          message: { type: 'string', 'x-value': 'message' },
          code: { type: 'string', 'x-value': 'error-code' },
          status: { type: 'integer', 'x-value': 'status' },
          reason: { type: 'string', 'x-value': 'reason' },
        },
      },
    },
    'x-problems': {
      bad: {
        when: { invalid: 'body' },
        errorCode: 'bad_body',
        message: 'Bad: {reason}',
        'x-evidence': { '': { grade: 'documented', source: 'test' } },
      },
      full: {
        when: { never: 'the harbour is large' },
        errorCode: 'full',
        'x-evidence': { '': { grade: 'inferred', source: 'test' } },
      },
      gone: {
        when: { never: 'berths stay' },
        headers: { 'x-berth': 'berth {number}' },
        'x-evidence': { '': { grade: 'documented', source: 'test' } },
      },
      taken: {
        when: { never: 'no other ship is there' },
        message: 'Taken by {name}.',
        'x-evidence': { '': { grade: 'recorded', source: 'test' } },
      },
    },
  },
});

const [operation] = contract.operations as readonly [Operation];
const judge = createJudge(contract);

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Exchange {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const type: Record<string, string> = text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' };
  return {
    request: buildRequest(operation, noValues),
    authorization: `Bearer ${'long-token-'.repeat(5)}`,
    response: { status, headers: { ...type, ...headers }, text, ...parseJson(text) },
    durationMs: 1,
  };
}

/** A request that is meant for no operation. */
function open(path: string): PlannedRequest {
  return { method: 'GET', path, headers: {} };
}

const success: Expectation = { kind: 'success' };
function problems(...names: readonly string[]): Expectation {
  return {
    kind: 'problem',
    problems: names.map((name) => contract.problems.get(name) as Problem),
    because: 'there is a reason',
  };
}

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

it('judges an answer without a recorded content type or headers by its body', () => {
  const shapes = new AnswerShapes(contract, (_, value) => (value === 'wrong' ? [{} as SchemaError] : []));
  const documented = operation.responses[0] as Response;
  const faults = (answer: Partial<AnswerShape>) =>
    shapes
      .faults(documented, { contentType: 'unknown', hasBody: true, json: {}, ...answer })
      .map((fault) => ('expected' in fault ? `${fault.kind} ${fault.expected}` : fault.kind));
  expect(faults({})).toEqual([]);
  expect(faults({ json: 'wrong' })).toEqual(['body']);
  expect(faults({ json: undefined })).toEqual(['not-json']);
  expect(faults({ headers: {} })).toEqual(['header-missing']);
  expect(faults({ contentType: undefined })).toEqual(['content-type application/json']);
  expect(faults({ contentType: 'text/html', headers: { 'x-tide': '3' } })).toEqual(['content-type application/json']);
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
