import { expect, test } from 'vitest';
import type { PlainRequest, PlainResponse } from '../exchange.js';
import { school, schoolTenant } from '../test-support/school.js';
import { consolePages } from './console-pages.js';

const { tenant } = await schoolTenant();
const pages = consolePages({ contract: school, tenant });
const API: PlainResponse = { status: 299, headers: {}, body: 'api' };

test.each<{ method?: string; path: string; accept?: string; isPage: boolean }>([
  { path: '/', accept: 'text/html,*/*', isPage: true },
  { path: '/', accept: '*/*', isPage: false },
  { path: '/', isPage: false },
  { path: '/', accept: 'text/html', method: 'POST', isPage: false },
  { path: '/school/students', accept: 'text/html', isPage: false },
  { path: '/_rolecall/console/model.json', isPage: true },
  { path: '/_rolecall/clock', isPage: false },
])('$method $path for $accept goes to the console: $isPage', async ({ method = 'GET', path, accept, isPage }) => {
  const headers = accept === undefined ? {} : { accept };
  const request: PlainRequest = { method, path, query: '', headers: { host: 'localhost', ...headers }, body: '' };
  const answer = await pages(request, () => API);
  expect(answer === API).toBe(!isPage);
});
