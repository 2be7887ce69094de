import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SiteServer, serveSite } from './serve.js';

let folder: string;
let server: SiteServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rolecall-serve-'));
  mkdirSync(join(folder, 'site'));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'site', 'index.html'), '<html><head></head><body>Hello</body></html>');
  writeFileSync(join(folder, 'site', 'site.css'), 'body{}');
  server = await serveSite(join(folder, 'site'));
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Without the normalization of fetch. */
function get(path: string, host = new URL(server.url).host): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: new URL(server.url).port, path, headers: { host } }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

test('a page has the script that reloads it, and another file has not', async () => {
  expect((await get('/')).text).toBe(
    '<html><head><script src="/_rolecall/reload.js?since=0" defer></script></head><body>Hello</body></html>',
  );
  expect(await get('/site.css')).toEqual({ status: 200, text: 'body{}' });
});

test.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/%', '/missing.html', '//'])(
  'nothing outside of the site is served: %s',
  async (path) => {
    expect((await get(path)).text).not.toContain('secret');
  },
);

test('a request for another host is refused', async () => {
  expect((await get('/', 'evil.example')).status).toBe(403);
});

test('an open page hears of a change', async () => {
  const response = await fetch(`${server.url}_rolecall/events?since=0`);
  const reader = response.body?.getReader();
  server.reload();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('data: changed\n\n');
  await reader?.cancel();
});

test('a page that was loading during a change hears of it when it connects', async () => {
  const [, since = ''] = /reload\.js(\?since=\d+)/.exec((await get('/')).text) ?? [];
  server.reload();
  const response = await fetch(`${server.url}_rolecall/events${since}`);
  const reader = response.body?.getReader();
  const chunk = await reader?.read();
  expect(new TextDecoder().decode(chunk?.value)).toBe('data: changed\n\n');
  await reader?.cancel();
  expect((await get('/')).text).not.toContain(since);
});
