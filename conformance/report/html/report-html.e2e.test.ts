import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems } from '../../../test-support/axe.js';
import { installedBrowser, startBrowser } from '../../../test-support/browser.js';
import { sampleReport } from '../test-support/sample-report.js';
import { formatHtml } from './report-html.js';

if (installedBrowser === undefined) console.log('skipped: no chromium is installed');

const report = {
  ...sampleReport,
  checks: sampleReport.checks.map((check, index) => ({ ...check, startMs: index * 1000, durationMs: 900 })),
  scopes: Array.from({ length: 60 }, (_, index) => ({
    operation: index < 30 ? 'berths.moor' : `berths.list${index}`,
    scopes: [`moor:berths_of_harbour_number_${index}`],
    access: 'granted' as const,
    allowed: true,
  })),
};

describe.skipIf(installedBrowser === undefined)('report.html in a browser', () => {
  let folder: string;
  let browser: Browser;
  let page: Page;
  let url: string;
  const problems: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rolecall-html-'));
    const file = join(folder, 'report.html');
    writeFileSync(file, formatHtml(report));
    url = pathToFileURL(file).href;
    browser = await startBrowser();
    // The policy of the page would refuse axe, too.
    const context = await browser.newContext({ bypassCSP: true });
    page = await context.newPage();
    page.on('console', (message) => void (message.type() === 'error' && problems.push(message.text())));
    page.on('pageerror', (error) => void problems.push(error.message));
    page.on('request', (request) => void (request.url() !== url && problems.push(`request to ${request.url()}`)));
    await page.goto(url);
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  test.each([
    [360, 'light'],
    [360, 'dark'],
    [1400, 'light'],
    [1400, 'dark'],
  ] as const)('is accessible and does not scroll sideways at %i pixels, %s', async (width, colorScheme) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    const rules = colorScheme === 'light' ? 'all' : 'colours';
    expect(await accessibilityProblems(page, rules)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  test('the names of scopes stay above the rows', async () => {
    const box = async (selector: string) => (await page.locator(selector).first().boundingBox()) ?? { y: 0, height: 0 };
    const [name, row] = [await box('.heat thead span'), await box('.heat tbody tr')];
    expect(name.height).toBeGreaterThan(150);
    expect(name.y + name.height).toBeLessThanOrEqual(row.y);
  });

  test('filters operations by name and outcome', async () => {
    const names = () => page.locator('#matrix tbody tr:visible th').allTextContents();
    await page.getByLabel('Operation', { exact: true }).fill('moor');
    expect(await names()).toEqual(['berths.moor']);
    await page.getByLabel('Operation', { exact: true }).fill('');
    await page.getByLabel('With an outcome').selectOption('warned');
    expect(await names()).toEqual(['berths.list']);
    await page.getByLabel('With an outcome').selectOption('');
  });

  test('opens the checks of a cell by keyboard, with a link to the finding', async () => {
    await page.getByRole('button', { name: 'berths.moor, status-and-shape: failed' }).press('Enter');
    const dialog = page.getByRole('dialog');
    expect(await dialog.locator('tbody tr').allTextContents()).toEqual([expect.stringMatching(/^afloatfailed39/)]);
    await dialog.getByRole('link').click();
    expect(new URL(page.url()).hash).toBe(`#finding-${report.checks[0]?.findings?.[0]}`);
    expect(await dialog.isVisible()).toBe(false);
  });

  test('copies a command', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy: Reproduce with curl' }).first().click();
    await page.getByText('Copied', { exact: true }).first().waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(report.findings[0]?.curl);
  });

  test('compares with an earlier report', async () => {
    const [first, ...others] = report.findings;
    const gone = { ...first, fingerprint: 'ffffffffffff', cause: 'gone since' };
    const earlier = join(folder, 'report.json');
    writeFileSync(earlier, JSON.stringify({ ...report, findings: [gone, ...others] }));
    await page.getByLabel('report.json').setInputFiles(earlier);
    await page.getByText('Findings that are gone: 1').waitFor();
    expect(await page.locator('#compared').innerText()).toMatch(
      new RegExp(`New findings: 1\\s+${first?.cause}\\s+Findings that are gone: 1\\s+gone since`),
    );
  });

  test('fits on paper', async () => {
    await page.setViewportSize({ width: 720, height: 900 });
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(720);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('.scroll, pre')]
        .filter((box) => box.scrollHeight > box.clientHeight + 1)
        .map((box) => box.ariaLabel ?? box.textContent),
    );
    expect(cut).toEqual([]);
    await page.emulateMedia({ media: null });
  });

  test('needs no network and logs no error', () => {
    expect(problems).toEqual([]);
  });
});
