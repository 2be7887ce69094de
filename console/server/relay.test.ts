import { expect, test } from 'vitest';
import { relay } from './relay.js';

const TARGET = 'https://travel0.eu.auth0.com/api/v2/roles?page=1';
const REQUEST = { method: 'GET', path: '', query: '', headers: { 'x-rolecall-relay': TARGET }, body: '' };

/** Notes the request, and answers it. */
function target(response: Response): { sent: unknown[]; fetch: typeof fetch } {
  const sent: unknown[] = [];
  return {
    sent,
    fetch: async (url, { method, headers, body, redirect } = {}) => {
      sent.push({ url, method, headers: Object.fromEntries(new Headers(headers)), body, redirect });
      return response;
    },
  };
}

test('it sends what the API reads, and nothing of the page', async () => {
  const { sent, fetch } = target(
    new Response('[]', {
      headers: { 'content-type': 'application/json', 'set-cookie': 'a=b', 'x-ratelimit-remaining': '9' },
    }),
  );
  const headers = {
    ...REQUEST.headers,
    authorization: 'Bearer t',
    'content-type': 'application/json',
    cookie: 'c',
    host: 'h',
    'x-rolecall-console': 's',
  };
  expect(await relay({ ...REQUEST, method: 'POST', headers, body: '{}' }, fetch)).toEqual({
    status: 200,
    headers: { 'content-type': 'application/json', 'x-ratelimit-remaining': '9' },
    body: '[]',
  });
  expect(sent).toEqual([
    {
      url: TARGET,
      method: 'POST',
      headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
      body: '{}',
      redirect: 'manual',
    },
  ]);
});

test.each(['', 'ftp://x.example/', 'javascript:alert(1)', '/api/v2/roles'])('a target "%s" is refused', async (url) => {
  const { sent, fetch } = target(new Response(''));
  const { status, body } = await relay({ ...REQUEST, headers: { 'x-rolecall-relay': url } }, fetch);
  expect([status, JSON.parse(body).message, sent]).toEqual([
    400,
    `invalid target "${url}"; expected an http or https URL in the header x-rolecall-relay`,
    [],
  ]);
});

test('a target that cannot be reached is one sentence', async () => {
  const fetch = () => Promise.reject(new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') }));
  expect(await relay(REQUEST, fetch)).toMatchObject({
    status: 502,
    body: '{"statusCode":502,"message":"cannot reach https://travel0.eu.auth0.com: getaddrinfo ENOTFOUND"}',
  });
});

test('an answer without end is not read to its end', async () => {
  const chunk = new Uint8Array(4_000_000);
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(chunk) });
  const { fetch } = target(new Response(endless));
  expect(await relay(REQUEST, fetch)).toMatchObject({ status: 502, body: expect.stringContaining('is longer than') });
});
