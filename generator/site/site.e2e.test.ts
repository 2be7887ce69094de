import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { accessibilityProblems } from '../../test-support/axe.js';
import { installedBrowser, startBrowser } from '../../test-support/browser.js';
import { emitReference } from '../emit/reference/reference.js';
import { watchContract } from '../watch.js';
import { emitSite } from './emit-site.js';
import { serveSite } from './serve.js';

if (installedBrowser === undefined) console.log('skipped: no chromium is installed');

/** The names of tables that are wider than the page. */
function scrollingTables(): readonly (string | null)[] {
  return [...document.querySelectorAll('main .scroll')]
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
    .map((table) => table.getAttribute('aria-label'));
}

describe.skipIf(installedBrowser === undefined)('the site in a browser', () => {
  let folder: string;
  let browser: Browser;
  let page: Page;
  /** The policy of the pages would refuse axe, too. */
  let audited: Page;
  const problems: string[] = [];
  const open = (path: string) => page.goto(`${pathToFileURL(join(folder, path))}`);

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'rolecall-site-')));
    const contract = await defaultContract();
    for (const { path, text } of emitSite(contract, emitReference(contract, { samples: 'all' }))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    browser = await startBrowser();
    page = await browser.newPage();
    audited = await browser.newPage({ bypassCSP: true });
    page.on('console', (message) => void (message.type() === 'error' && problems.push(message.text())));
    page.on('pageerror', (error) => void problems.push(error.message));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(`${pathToFileURL(folder)}/`) && url !== 'data:,') problems.push(`request to ${url}`);
    });
    await open('index.html');
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['index.html', 'the index'],
    ['tasks/assign-roles-to-user.html', 'a task'],
    ['organizations.members.list.html', 'an operation'],
    ['guides/scopes.html', 'a guide with a form'],
  ])('%s, %s, is accessible and does not scroll sideways on small and wide screens, light and dark', async (path) => {
    await audited.goto(`${pathToFileURL(join(folder, path))}`);
    for (const width of [360, 1400]) {
      await audited.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await audited.emulateMedia({ colorScheme });
        const rules = colorScheme === 'light' ? 'all' : 'colours';
        expect(await accessibilityProblems(audited, rules), `${width} pixels, ${colorScheme}`).toEqual([]);
      }
      expect(await audited.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await audited.evaluate(scrollingTables)).toEqual([]);
    }
  });

  test.each([
    ['a task', 'remove roles user', 'Task Remove roles from a user', 'tasks/remove-roles-from-user.html'],
    [
      'an operation by its path',
      'post organizations members',
      'Add members to an organization',
      'organizations.members.add.html',
    ],
    ['an operation by its scope', 'delete:client_grants', 'Delete a client grant', 'clientGrants.delete.html'],
    [
      'a guide, in spite of a typo',
      'authentcation',
      'Guide Authentication and first call',
      'guides/authentication.html',
    ],
  ])('the search finds %s, by keyboard', async (_, query, title, path) => {
    await open('guides/errors.html');
    await page.keyboard.press('/');
    await page.keyboard.type(query);
    const results = page.getByRole('listbox', { name: 'Results' });
    const result = results.getByRole('option').filter({ hasText: title }).first();
    await result.waitFor();
    while ((await result.getAttribute('aria-selected')) !== 'true') await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${pathToFileURL(join(folder, path))}`);
  });

  test('the search says that it found nothing, and closes', async () => {
    await page.getByRole('combobox', { name: 'Search' }).fill('xyzzy');
    await page.getByText('No page has these words.').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('listbox').isVisible()).toBe(false);
  });

  test('a sample is copied, and its language stays chosen', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await open('users.roles.remove.html');
    await page.getByRole('button', { name: 'Copy: sh' }).first().click();
    await page.getByText('Copied', { exact: true }).first().waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^curl /m);
    expect(readFileSync(join(folder, 'users.roles.remove.md'), 'utf8')).toContain(copied);
    await page.getByRole('tab', { name: 'cURL' }).press('ArrowRight');
    const chosen = await page.getByRole('tab', { selected: true }).textContent();
    expect(chosen).not.toBe('cURL');
    await open('tasks/list-user-roles.html');
    expect(await page.getByRole('tab', { selected: true }).textContent()).toBe(chosen);
  });

  test('the theme changes and is remembered', async () => {
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await background();
    await page.getByRole('button', { name: 'Theme: auto' }).click();
    await page.getByRole('button', { name: 'Theme: light' }).click();
    expect(await background()).not.toBe(light);
    await open('index.html');
    await page.getByRole('button', { name: 'Theme: dark' }).click();
    expect(await background()).toBe(light);
  });

  test('the guide to scopes names the fewest scopes for chosen calls', async () => {
    await open('guides/scopes.html');
    const filter = page.getByLabel('Your calls');
    for (const request of ['GET /roles', 'POST /users/{id}/roles']) {
      await filter.fill(request);
      await page
        .locator('#scope-picker label:visible')
        .filter({ has: page.getByText(request, { exact: true }) })
        .click();
    }
    await page.getByText(/^Sufficient:/).waitFor();
    const shown = await page.locator('#scope-picker > p code').allTextContents();
    expect(shown).toEqual(['read:roles', 'update:users']);
  });

  test('a grade explains itself and leads to its meaning', async () => {
    await open('users.roles.assign.html');
    const badge = page.getByRole('link', { name: 'recorded' }).first();
    expect(await badge.getAttribute('title')).toBe('Seen in responses of the real service');
    await badge.click();
    expect(await page.locator(':target').textContent()).toBe('Recorded');
  });

  test('needs no network and logs no error', () => {
    expect(problems).toEqual([]);
  });

  test('shows a changed sentence in the open page while the contract is edited', async () => {
    const project = join(folder, 'project');
    mkdirSync(join(project, 'node_modules'), { recursive: true });
    const spec = join(project, 'api.json');
    cpSync(join(packageRoot(), 'generator/test-support/documents/old.json'), spec);
    const site = join(project, 'site');
    const stop = new AbortController();
    let runs = 0;
    const server = await serveSite(site);
    const watching = watchContract(
      { spec, overlay: [], extras: {}, allowRef: [], strict: true, out: join(project, 'out'), site },
      {
        generated: () => {
          runs += 1;
          server.reload();
        },
        failed: (error) => void problems.push(error.message),
      },
      stop.signal,
    );
    try {
      await expect.poll(() => runs, { timeout: 20_000 }).toBe(1);
      const other = await browser.newPage();
      await other.goto(server.url);
      const { info } = JSON.parse(readFileSync(spec, 'utf8')) as { info: { title: string } };
      writeFileSync(spec, readFileSync(spec, 'utf8').replace(info.title, 'A changed title'));
      await other.getByRole('heading', { level: 1, name: 'A changed title' }).waitFor();
      await other.close();
    } finally {
      stop.abort();
      await watching;
      await server.close();
    }
  });
});
