import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * What axe-core finds on a page, a line for each rule. The page's context has to bypass its content security policy.
 * Stylesheets are not loaded once more: a page that is opened from disk may not.
 *
 * @param rules - which rules to check: a theme changes only colours, so the others need no second look at the same width
 */
export async function accessibilityProblems(page: Page, rules: 'all' | 'colours' = 'all'): Promise<readonly string[]> {
  if (await page.evaluate(() => !('axe' in globalThis))) await page.evaluate(AXE);
  const only = rules === 'all' ? {} : { runOnly: COLOUR_RULES };
  return page.evaluate(async (options) => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    // What passes needs no description.
    const found = await axe.run({ preload: false, resultTypes: ['violations'], selectors: false, ...options });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }, only);
}
