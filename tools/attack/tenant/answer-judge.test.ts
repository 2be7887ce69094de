import { beforeAll, expect, test } from 'vitest';
import { school } from '../../../tenant/test-support/school.js';
import { type Answered, AnswerJudge } from './answer-judge.js';

let judge: AnswerJudge;
beforeAll(() => {
  judge = new AnswerJudge(school);
});

const operation = school.operations.find(({ method, route }) => method === 'GET' && !route.includes('{'));
const answered = (change: Partial<Answered>): Answered => ({
  method: 'GET',
  path: operation?.route ?? '',
  status: 200,
  headers: { 'content-type': 'application/json' },
  text: '[]',
  ...change,
});

test.each([
  ['a server error', { status: 500, text: '{}' }],
  ['a server error of no operation', { path: '/nowhere', status: 502 }],
  ['501 of no operation without the reason', { path: '/nowhere', status: 501, text: '{}' }],
  ['501 of an operation', { status: 501, text: '{"message":"outside the contract: x"}' }],
  ['a success of no operation', { path: '/nowhere' }],
  ['a status that is not documented', { status: 299 }],
  ['a body of another shape', { text: '7' }],
  ['a body that is not JSON', { text: 'x' }],
  ['another content type', { headers: { 'content-type': 'text/html' } }],
])('finds %s', (_, change) => {
  expect(judge.fault(answered(change))).toMatch(/^expected /);
});

test.each([
  ['as documented', {}],
  [
    'of no operation, outside the contract',
    { path: '/x', status: 501, text: '{"message":"outside the contract: path /x"}' },
  ],
  ['of no operation, refused', { path: '/nowhere', status: 404, text: 'x' }],
])('finds nothing wrong with an answer %s', (_, change) => {
  expect(judge.fault(answered(change))).toBeUndefined();
});
