import { expect, test } from 'vitest';
import { Refusal } from '../answer/refusal.js';
import { logLine } from './log-line.js';
import { servedAs } from './served-request.js';

const NOW = Date.UTC(2026, 10, 22, 9, 30, 0, 123);
const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';
const SERVED = { method: 'GET', path: '/a', query: '', status: 200, operation: undefined, reason: undefined };

test.each([
  { served: {}, want: '09:30:00.123 GET /a 200' },
  { served: { query: 'b=c%20d' }, want: '09:30:00.123 GET /a?b=c%20d 200' },
  {
    served: { query: 'client_secret=s&page=1&Access_Token=' },
    want: '09:30:00.123 GET /a?client_secret=***&page=1&Access_Token= 200',
  },
  {
    served: { query: 'token=a&%70assword=b&passwords' },
    want: '09:30:00.123 GET /a?token=***&%70assword=***&passwords 200',
  },
  { served: { query: `q=${TOKEN}` }, want: '09:30:00.123 GET /a?q=*** 200' },
  { served: { path: `/${TOKEN}`, reason: `not ${TOKEN}` }, want: '09:30:00.123 GET /*** 200 not ***' },
  { served: { operation: 'a.get' }, want: '09:30:00.123 GET /a 200 a.get' },
  { served: { reason: 'why' }, want: '09:30:00.123 GET /a 200 why' },
  { served: { operation: 'a.get', reason: 'why' }, want: '09:30:00.123 GET /a 200 a.get, why' },
])('$want', ({ served, want }) => {
  expect(logLine({ ...SERVED, ...served }, NOW)).toBe(want);
});

test('control characters are escaped everywhere, and long parts are truncated', () => {
  const line = logLine({ ...SERVED, method: 'G\u001bT', path: '/\n\u202e', reason: `\u0007${'x'.repeat(600)}` }, NOW);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may remain
  expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  expect(line.length).toBeLessThan(600);
  expect(line).toMatch(/x…$/);
});

const REQUEST = { method: 'GET', path: '/a', query: '', headers: {}, body: '' };
const response = { status: 400, headers: {}, body: '' };

test.each([
  { refusal: new Refusal({ kind: 'token', fault: 'expired' }, {}, 'd'), want: 'token expired: d' },
  { refusal: new Refusal({ kind: 'invalid', part: 'query' }, {}, 'd'), want: 'invalid query: d' },
  { refusal: new Refusal({ kind: 'scope' }, {}, 'd'), want: 'scope: d' },
])('the reason of a refusal is "$want"', ({ refusal, want }) => {
  expect(servedAs(REQUEST, undefined, { response, refusal }).reason).toBe(want);
});

test('without a refusal the reason is that of the answer', () => {
  expect(servedAs(REQUEST, undefined, { response, reason: 'why' })).toMatchObject({ status: 400, reason: 'why' });
  expect(servedAs(REQUEST, undefined, { response }).reason).toBeUndefined();
});
