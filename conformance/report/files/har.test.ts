import { expect, it } from 'vitest';
import { Redactor } from '../../redaction/redact.js';
import { HarLog } from './har.js';

it('holds every exchange, with secrets masked that later answers show to be some', () => {
  const log = new HarLog(() => Date.UTC(2026, 10, 28) + 5);
  const request = {
    method: 'POST',
    path: '/berths?page=1',
    headers: { 'content-type': 'application/json' },
    body: '{"key":"kY8_vW2-qR5tZ7"}',
  };
  const response = { status: 201, headers: { 'content-type': 'application/json' }, text: '{"ok":true}' };
  const exchange = { request, authorization: 'Bearer kY8_vW2-qR5tZ7', response, durationMs: 5 };
  log.take({ kind: 'requested', exchange, purpose: 'check' });
  log.take({
    kind: 'unanswered',
    reason: 'reset',
    exchange: { ...exchange, response: { status: 0, headers: {}, text: '' } },
    purpose: 'check',
  });
  log.take({ kind: 'waiting', milliseconds: 5 });
  const redactor = new Redactor();
  redactor.hide('kY8_vW2-qR5tZ7', '$TOKEN');
  const text = log.format({ url: 'http://h:1', creator: { name: 'rolecall', version: '1' }, redactor });
  expect(text).not.toContain('kY8_vW2');
  const { entries, version } = JSON.parse(text).log;
  expect(version).toBe('1.2');
  expect(entries).toHaveLength(2);
  expect(entries[0]).toMatchObject({
    startedDateTime: '2026-11-28T00:00:00.000Z',
    request: {
      method: 'POST',
      url: 'http://h:1/berths?page=1',
      queryString: [{ name: 'page', value: '1' }],
      postData: { text: '{"key":"$TOKEN"}' },
    },
    response: { status: 201, content: { text: '{"ok":true}', mimeType: 'application/json' } },
  });
  expect(entries[1].response.status).toBe(0);
});

it('stays a HAR whatever is a secret, and cuts large answers', () => {
  const log = new HarLog(() => Date.UTC(2026, 10, 28));
  const request = { method: 'GET', path: '/berths', headers: {} };
  const text = '\\u6b59385f765732 '.repeat(10_000);
  log.take({
    kind: 'requested',
    exchange: { request, response: { status: 200, headers: {}, text, json: text }, durationMs: 5 },
    purpose: 'check',
  });
  const redactor = new Redactor();
  redactor.hide('kY8_vW2-qR5tZ7', '$TOKEN');
  redactor.hideIn({ client_secret: '"httpVersion": "HTTP/1.1"', password: 'startedDateTime-1' });
  const { entries } = JSON.parse(log.format({ url: 'http://h:1', creator: { name: 'a', version: '1' }, redactor })).log;
  expect(entries[0].request.httpVersion).toBe('HTTP/1.1');
  expect(entries[0].response.content.text.length).toBeLessThan(70_000);
});
