import { expect, it } from 'vitest';
import type { RunEvent } from '../../engine/event.js';
import { Redactor } from '../../redaction/redact.js';
import { Trace } from './trace.js';

const exchange = {
  request: {
    method: 'POST',
    path: '/berths?\u001b[2J',
    headers: { 'content-type': 'application/json' },
    body: '{"password":"kY8_vW2-qR5tZ7"}',
  },
  authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln',
  response: { status: 201, headers: { 'x-echo': 'kY8_vW2-qR5tZ7' }, text: '{"id":1}\n::error::owned\u0007' },
  durationMs: 3.7,
};

function trace(...events: readonly object[]): string {
  const redactor = new Redactor();
  redactor.hide('kY8_vW2-qR5tZ7', '$PASSWORD');
  const trace = new Trace(redactor);
  return events.map((event) => trace.format(event as RunEvent)).join('');
}

it('writes request and answer, numbered, masked and printable', () => {
  const planned = { operation: { id: 'berths.create' }, check: { id: 'afloat' } };
  expect(trace({ kind: 'requested', exchange, purpose: 'check', planned })).toBe(`# 1 check berths.create/afloat 4 ms
> POST /berths?\\u{1b}[2J
> content-type: application/json
> authorization: Bearer $TOKEN
>
> {"password":"$PASSWORD"}
< 201
< x-echo: $PASSWORD
<
< {"id":1}
< ::error::owned\\u{7}

`);
});

it('writes requests without an answer, and nothing for other events', () => {
  const silent = { ...exchange, response: { status: 0, headers: {}, text: '' } };
  const lines = trace(
    { kind: 'started' },
    { kind: 'requested', exchange, purpose: 'token' },
    { kind: 'unanswered', exchange: silent, purpose: 'cleanup', reason: 'socket hang up' },
  ).split('\n');
  expect(lines.filter((line) => line.startsWith('#'))).toEqual(['# 1 token 4 ms', '# 2 cleanup 4 ms']);
  expect(lines).toContain('< no answer: socket hang up');
});

it('cuts long bodies', () => {
  const long = { ...exchange, response: { ...exchange.response, text: 'x'.repeat(100_000) } };
  const text = trace({ kind: 'requested', exchange: long, purpose: 'token' });
  expect(text.length).toBeLessThan(10_000);
  expect(text).toContain('x…\n');
});
