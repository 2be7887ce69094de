import { describe, expect, it } from 'vitest';
import type { Exchange } from '../target/exchange.js';
import { excerpt, judgeSafety } from './safety.js';

const LONG_TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl';

function exchange(status: number, text: string, authorization?: string): Exchange {
  return {
    request: { method: 'GET', path: '/', headers: {} },
    ...(authorization === undefined ? {} : { authorization }),
    response: { status, headers: {}, text },
    durationMs: 1,
  };
}

describe('judgeSafety', () => {
  it.each([
    { name: 'Node', text: 'Error: oh\n    at Object.run (/srv/app/index.js:10:5)' },
    { name: 'Node in JSON', text: '{"message":"oh\\n    at run (/srv/app.js:1:2)"}' },
    { name: 'Node in HTML', text: '<pre>oh<br> &nbsp; &nbsp;at run (/srv/app.js:1:2)</pre>' },
    { name: 'the JVM', text: 'oh at com.example.App.run(App.java:42)' },
    { name: 'Python', text: 'Traceback (most recent call last):\n  File "app.py"' },
    { name: 'Go', text: 'panic: oh\n\ngoroutine 1 [running]:' },
    { name: 'PHP', text: 'Fatal error in /srv/index.php on line 3' },
    { name: 'PHP with a colon', text: '#0 /srv/index.php:3 run()' },
  ])('finds a stack trace of $name', ({ text }) => {
    expect(judgeSafety(exchange(400, text)).map(({ cause }) => cause)).toEqual(['stack trace in the body']);
  });

  it.each([
    'Meet us at noon, room 4:30',
    'The file index.php is missing',
    `${'x'.repeat(64 * 1024)}\n    at run (/srv/app.js:1:2)`,
    '',
  ])('finds none in %#', (text) => {
    expect(judgeSafety(exchange(400, text))).toEqual([]);
  });

  it.each([
    ['as the contract has it', false, 'Error\n    at u (/app.js:1:2)\n    at v (/app.js:3:4)'],
    ['that is a part of a text in the contract', false, 'Error\n    at u (/app.js:1:2)'],
    [
      'with more than the contract has',
      true,
      'Error\n    at u (/app.js:1:2)\n    at v (/app.js:3:4)\n    at w (/b.js:5:6)',
    ],
    ['that the contract does not have', true, 'Error\n    at w (/b.js:5:6)'],
  ])('a stack trace %s is reported: %s', (_, want, stack) => {
    const known = 'Error\n    at u (/app.js:1:2)\n    at v (/app.js:3:4)';
    const content = [{ type: 'application/json', schema: {}, example: [{ stack: known }] }];
    const json = [{ stack: known }, { stack }];
    const { response, ...rest } = exchange(200, JSON.stringify(json));
    const given = { ...rest, response: { ...response, json } };
    expect(judgeSafety(given, content).map(({ code }) => code)).toEqual(want ? ['STACK_TRACE'] : []);
  });

  it.each([
    { status: 500, want: ['server error 500'] },
    { status: 503, want: ['server error 503'] },
    { status: 499, want: [] },
  ])('reports status $status as $want', ({ status, want }) => {
    expect(judgeSafety(exchange(status, '')).map(({ cause }) => cause)).toEqual(want);
  });

  it('finds the token that was sent, but not a short malformed one', () => {
    const echo = `Bad token ${LONG_TOKEN}`;
    expect(judgeSafety(exchange(401, echo, `Bearer ${LONG_TOKEN}`)).map(({ cause }) => cause)).toEqual([
      'token echoed',
    ]);
    expect(judgeSafety(exchange(401, 'Bad token', `Bearer ${LONG_TOKEN}`))).toEqual([]);
    expect(judgeSafety(exchange(401, 'Bad token opaque', 'Bearer opaque'))).toEqual([]);
    expect(judgeSafety(exchange(401, echo))).toEqual([]);
  });
});

it.each([
  [40, false],
  [41, true],
])('a token of %d characters in the body is an echo: %s', (length, want) => {
  const token = 'x'.repeat(length);
  expect(judgeSafety(exchange(401, token, `Bearer   ${token}`)).length > 0).toBe(want);
});

it('says what it expected and received', () => {
  const texts = (...given: Parameters<typeof exchange>) =>
    judgeSafety(exchange(...given)).map((one) => [one.code, one.expected, one.actual, one.evidence.grade].join(' | '));
  expect(texts(500, '')).toEqual(['SERVER_ERROR | a status below 500 | 500 | documented']);
  expect(texts(501, '')).toEqual([]);
  expect(texts(502, ` Bad gateway\n    at run (/srv/app.js:1:2), ${LONG_TOKEN}`, `Bearer ${LONG_TOKEN}`)).toEqual([
    `SERVER_ERROR | a status below 500 | 502 Bad gateway at run (/srv/app.js:1:2), ${LONG_TOKEN} | documented`,
    `STACK_TRACE | no stack trace in the body | Bad gateway at run (/srv/app.js:1:2), ${LONG_TOKEN} | documented`,
    'TOKEN_ECHOED | a response without the token | the body contains the token that was sent | documented',
  ]);
});

it.each([
  [503, '', 7, 'a status below 500, also with 7 other requests under way'],
  [500, 'sqlite3.OperationalError: database is locked', 1, 'a status below 500, also with 1 other request under way'],
  [500, 'undefined is not a function', 7, 'a status below 500'],
  [503, '', 0, 'a status below 500'],
])('a %d that says "%s" beside %d requests: %s', (status, text, besides, want) => {
  const given = { ...exchange(status, text), ...(besides === 0 ? {} : { besides }) };
  expect(judgeSafety(given).map(({ expected }) => expected)).toEqual([want]);
});

it.each([
  { given: ' a\n\t b ', want: 'a b' },
  { given: 'x'.repeat(16_384), want: 'x'.repeat(16_384) },
  { given: 'x'.repeat(16_385), want: `${'x'.repeat(16_384)}…` },
  { given: 'PK\u0003\u0004\u0014\u0000\u0006\uFFFD\uFFFD', want: 'binary data' },
  { given: 'a text with one \u0007 in it', want: 'a text with one \u0007 in it' },
])('excerpt %#', ({ given, want }) => {
  expect(excerpt(given)).toBe(want);
});
