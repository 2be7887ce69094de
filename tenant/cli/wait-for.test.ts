import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { waitFor } from './wait-for.js';

const TIMES = { interval: 5, request: 1000, limit: 5000 };

/** A server that answers with these statuses in turn, and then with the last one. */
async function serverOf(statuses: readonly number[]): Promise<{ url: URL; requests: () => number; close: () => void }> {
  let requests = 0;
  const server = createServer((_request, response) => {
    response.writeHead(statuses[Math.min(requests, statuses.length - 1)] ?? 500).end();
    requests += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`http://127.0.0.1:${port}/ready`), requests: () => requests, close: () => server.close() };
}

test.each([
  { given: 'an error first', statuses: [503, 500, 200], want: 3 },
  { given: 'a page that needs a login', statuses: [404, 302], want: 2 },
])('a server is ready once its status is below 400: $given', async ({ statuses, want }) => {
  const { url, requests, close } = await serverOf(statuses);
  await waitFor(url, [], TIMES);
  expect(requests()).toBe(want);
  close();
});

test('the error names the URL without its password, and the last answer', async () => {
  const { url, close } = await serverOf([503]);
  url.username = 'ada';
  url.password = 'secret';
  await expect(waitFor(url, [], { ...TIMES, limit: 20 })).rejects.toMatchObject({
    code: 'TENANT_WAIT',
    message: `"http://***@${url.host}/ready" (--wait-for) is not ready after 0.02 s; expected a status below 400, received the status 503`,
  });
  close();
});

test('the error says why there was no answer', async () => {
  const { url, close } = await serverOf([200]);
  close();
  await expect(waitFor(url, [], { ...TIMES, limit: 20 })).rejects.toThrow(/received ECONNREFUSED$/);
});
