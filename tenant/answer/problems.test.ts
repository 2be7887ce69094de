import { expect, test } from 'vitest';
import type { Cause, Operation } from '../../contract/contract.js';
import { school } from '../test-support/school.js';
import { fillTemplate } from './message.js';
import { ProblemRegistry, Problems } from './problems.js';
import { keyOfCause, Refusal } from './refusal.js';

const registry = new ProblemRegistry(school);

function operation(id: string): Operation {
  const found = school.operations.find((each) => each.id === id);
  if (found === undefined) throw new Error(`the school has no operation ${id}`);
  return found;
}

const problemsOf = (id: string): Problems => new Problems(registry, operation(id));

/** The status and the body of the answer to a refusal. */
function answer(id: string, refusal: Refusal): readonly [number, unknown] {
  const { status, body } = problemsOf(id).answer(refusal);
  return [status, JSON.parse(body)];
}

test('an operation answers with its own problem', () => {
  const refusal = new Refusal({ kind: 'unknown', of: 'student' }, { key: 'x' }, 'unknown student');
  expect(answer('students.get', refusal)).toEqual([404, { code: 'student', text: 'No student x', status: 404 }]);
});

test('a cause that the operation does not document has the answer of another operation', () => {
  const refusal = new Refusal({ kind: 'unknown', of: 'course' }, { key: 'x' }, 'unknown course');
  expect(problemsOf('students.get').documents(refusal.cause)).toBe(false);
  expect(answer('students.get', refusal)).toEqual([404, { code: 'course', text: 'No course x', status: 404 }]);
});

test('an undocumented token fault is answered like any other token fault', () => {
  const refusal = new Refusal({ kind: 'token', fault: 'audience' }, {}, 'detail');
  expect(answer('students.get', refusal)).toEqual([401, { text: 'Not you', status: 401 }]);
  const expired = new Refusal({ kind: 'token', fault: 'expired' }, {}, 'detail');
  expect(answer('students.get', expired)).toEqual([401, { text: 'Too late', status: 401 }]);
});

test('a named problem takes precedence over its cause', () => {
  const refusal = new Refusal({ kind: 'unknown', of: 'student' }, {}, 'detail', 'taken');
  expect(answer('students.get', refusal)).toEqual([409, { text: 'Taken', status: 409 }]);
});

test.each<{ cause: Cause; status: number }>([
  { cause: { kind: 'token', fault: 'missing' }, status: 401 },
  { cause: { kind: 'scope' }, status: 403 },
  { cause: { kind: 'invalid', part: 'body' }, status: 400 },
  { cause: { kind: 'beyond', max: 1 }, status: 400 },
  { cause: { kind: 'unknown', of: 'x' }, status: 404 },
  { cause: { kind: 'duplicate', of: 'x' }, status: 409 },
  { cause: { kind: 'full', of: 'x' }, status: 409 },
  { cause: { kind: 'rate' }, status: 429 },
  { cause: { kind: 'hook', name: 'x' }, status: 400 },
])('$cause that no operation documents is answered with $status and its detail', ({ cause, status }) => {
  const bare = new Problems(new ProblemRegistry({ ...school, operations: [] }), {
    ...operation('grades.create'),
    responses: [],
  });
  const { headers, body, ...rest } = bare.answer(new Refusal(cause, {}, 'the detail'));
  expect(rest.status).toBe(status);
  expect(headers).toEqual({ 'content-type': 'application/json; charset=utf-8' });
  expect(JSON.parse(body)).toMatchObject({ statusCode: status, message: 'the detail' });
});

test('a status class leaves the status to the cause', () => {
  const original = operation('students.get');
  const responses = original.responses.map((each) =>
    each.status === '404' ? { ...each, status: '4XX' as const } : each,
  );
  const problems = new Problems(registry, { ...original, responses });
  expect(problems.answer(new Refusal({ kind: 'unknown', of: 'student' }, { key: 'x' }, 'detail')).status).toBe(404);
});

test('a problem sets its headers', () => {
  const { headers } = problemsOf('students.get').answer(new Refusal({ kind: 'token', fault: 'missing' }, {}, 'detail'));
  expect(headers).toEqual({ 'www-authenticate': 'Bearer', 'content-type': 'application/json; charset=utf-8' });
});

test('the ceiling of paging is that of the operation', () => {
  expect([problemsOf('students.list').ceiling, problemsOf('students.get').ceiling]).toEqual([20, undefined]);
});

test.each<{ cause: Cause; want: string }>([
  { cause: { kind: 'token', fault: 'expired' }, want: 'token expired' },
  { cause: { kind: 'invalid', part: 'path' }, want: 'invalid path' },
  { cause: { kind: 'unknown', of: 'user' }, want: 'unknown user' },
  { cause: { kind: 'duplicate', of: 'user' }, want: 'duplicate user' },
  { cause: { kind: 'full', of: 'user' }, want: 'full user' },
  { cause: { kind: 'hook', name: 'h' }, want: 'hook h' },
  { cause: { kind: 'scope' }, want: 'scope' },
  { cause: { kind: 'rate' }, want: 'rate' },
])('the key of $cause is "$want"', ({ cause, want }) => {
  expect(keyOfCause(cause)).toBe(want);
});

test.each([
  { template: 'a {b} {c}', values: { b: '1', c: '2' }, want: 'a 1 2' },
  { template: '{b}{b}', values: { b: '1' }, want: '11' },
  { template: '[{b}]', values: {}, want: '[]' },
  { template: '[{toString}]', values: {}, want: '[]' },
  { template: '{b}', values: { b: '{c}', c: 'x' }, want: '{c}' },
  { template: '{} {{b}}', values: { b: '1' }, want: '{} {1}' },
])('$template with $values is "$want"', ({ template, values, want }) => {
  expect(fillTemplate(template, values as Readonly<Record<string, string>>)).toBe(want);
});
