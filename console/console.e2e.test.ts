import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { defaultContract } from '../contract/load/default.js';
import { createTenant, type Listening, type Tenant } from '../tenant/tenant.js';
import { accessibilityProblems } from '../test-support/axe.js';
import { installedBrowser, startBrowser } from '../test-support/browser.js';
import { createConsole } from './server/console.js';

if (installedBrowser === undefined) console.log('skipped: no chromium is installed');

/** A name that runs a script if it becomes markup. */
const HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>';

const STATE = {
  users: [
    { user_id: 'auth0|ada', connection: 'Username-Password-Authentication', email: 'ada@travel0.example' },
    {
      user_id: 'auth0|bob',
      connection: 'Username-Password-Authentication',
      email: 'bob@travel0.example',
      name: HOSTILE,
    },
  ],
  roles: [
    { id: 'rol_0000000000000001', name: 'Guide' },
    { id: 'rol_0000000000000002', name: HOSTILE },
  ],
  organizations: [{ id: 'org_0000000000000001', name: 'crew' }],
  'resource-servers': [
    {
      id: '00000000000000000000aaaa',
      identifier: 'https://tours.example/',
      name: 'Tours',
      scopes: [{ value: 'read:tours' }],
    },
  ],
  'user-roles': [{ user: 'auth0|ada', role: 'rol_0000000000000002' }],
  'organization-members': [{ organization: 'crew', user: 'auth0|ada' }],
};

/** The size of the script that the page loads, in bytes, gzipped. */
const MAX_SIZE = 30_000;

const script = (): string => readFileSync(join(inject('builtPackage'), 'dist', 'console', 'console.js'), 'utf8');

test('the script is small', () => {
  expect(gzipSync(script(), { level: 9 }).length).toBeLessThan(MAX_SIZE);
});

/** How a person uses the page. */
interface Hand {
  /** Follows a link, presses a button or toggles a box. */
  activate(target: Locator): Promise<void>;
}

/** The most elements that people go through to reach one. */
const MOST_STEPS = 120;

const HANDS: Readonly<Record<string, (page: Page) => Hand>> = {
  mouse: () => ({ activate: (target) => target.click() }),
  keyboard: (page) => ({
    activate: async (target) => {
      // Found once: to find it by its role takes longer than a step.
      const element = await target.elementHandle();
      for (let step = 0; step < MOST_STEPS; step += 1) {
        if (await element?.evaluate((each) => each === document.activeElement)) {
          const isBox = await target.evaluate((each) => each instanceof HTMLInputElement);
          await page.keyboard.press(isBox ? 'Space' : 'Enter');
          return;
        }
        await page.keyboard.press('Tab');
      }
      throw new Error(`the keyboard does not reach ${String(target)}`);
    },
  }),
};

/** A way of the Dashboard, as the provider's pages describe it. */
interface Way {
  readonly name: string;
  readonly steps: (page: Page) => readonly Locator[];
  /** The request that it makes, as the page shows it. */
  readonly request: string;
  /** What a read shows afterwards. */
  readonly path: string;
  readonly want: unknown;
}

const link = (name: string) => (page: Page) => page.getByRole('link', { name, exact: true });
const tab = (name: string) => (page: Page) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name, exact: true });
const button = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true });
const dialog = (name: string) => (page: Page) => page.getByRole('dialog').getByRole('button', { name });
const box = (name: string) => (page: Page) => page.getByRole('checkbox', { name });
const steps =
  (...all: readonly ((page: Page) => Locator)[]) =>
  (page: Page) =>
    all.map((step) => step(page));

const WAYS: readonly Way[] = [
  {
    name: 'assign roles in the list of users',
    steps: steps(
      link('Users'),
      button('Actions for ada@travel0.example'),
      button('Assign roles'),
      box('Guide'),
      dialog('Assign roles'),
    ),
    request: 'POST /api/v2/users/auth0%7Cada/roles',
    path: 'users/auth0%7Cada/roles',
    want: [{ name: HOSTILE }, { name: 'Guide' }],
  },
  {
    name: 'assign roles in the profile of a user',
    steps: steps(
      link('Users'),
      link('ada@travel0.example'),
      tab('Roles'),
      button('Assign roles'),
      box('Guide'),
      dialog('Assign roles'),
    ),
    request: 'POST /api/v2/users/auth0%7Cada/roles',
    path: 'users/auth0%7Cada/roles',
    want: [{ name: HOSTILE }, { name: 'Guide' }],
  },
  {
    name: 'remove a role with the bin',
    steps: steps(link('Users'), link('ada@travel0.example'), tab('Roles'), button(`Remove ${HOSTILE}`)),
    request: 'DELETE /api/v2/users/auth0%7Cada/roles',
    path: 'users/auth0%7Cada/roles',
    want: [],
  },
  {
    name: 'assign permissions to a user',
    steps: steps(
      link('Users'),
      link('ada@travel0.example'),
      tab('Permissions'),
      button('Assign permissions'),
      box('read:tours of https://tours.example/'),
      dialog('Assign permissions'),
    ),
    request: 'POST /api/v2/users/auth0%7Cada/permissions',
    path: 'users/auth0%7Cada/permissions',
    want: [{ permission_name: 'read:tours', resource_server_identifier: 'https://tours.example/' }],
  },
  {
    name: 'add members to an organization',
    steps: steps(
      link('Organizations'),
      link('crew'),
      tab('Members'),
      button('Add members'),
      box('bob@travel0.example'),
      dialog('Add members'),
    ),
    request: 'POST /api/v2/organizations/org_0000000000000001/members',
    path: 'organizations/org_0000000000000001/members',
    want: [{ user_id: 'auth0|ada' }, { user_id: 'auth0|bob' }],
  },
  {
    name: 'add roles to a member',
    steps: steps(
      link('Organizations'),
      link('crew'),
      tab('Members'),
      link('ada@travel0.example'),
      button('Assign roles'),
      box('Guide'),
      dialog('Assign roles'),
    ),
    request: 'POST /api/v2/organizations/org_0000000000000001/members/auth0%7Cada/roles',
    path: 'organizations/org_0000000000000001/members/auth0%7Cada/roles',
    want: [{ name: 'Guide' }],
  },
  {
    name: 'enable RBAC for an API',
    steps: steps(link('APIs'), link('https://tours.example/'), box('Enable RBAC'), button('Save')),
    request: 'PATCH /api/v2/resource-servers/00000000000000000000aaaa',
    path: 'resource-servers/00000000000000000000aaaa',
    want: { enforce_policies: true },
  },
];

describe.skipIf(installedBrowser === undefined)('the console in a browser', () => {
  let tenant: Tenant;
  let server: Listening;
  let browser: Browser;
  let page: Page;
  let visits = 0;
  const problems: string[] = [];

  beforeAll(async () => {
    const contract = await defaultContract();
    tenant = await createTenant(contract, { state: STATE });
    server = await tenant.listen({ pages: createConsole({ contract, tenant, script }) });
    browser = await startBrowser();
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    page = await context.newPage();
    page.on('console', (message) => void (message.type() === 'error' && problems.push(message.text())));
    page.on('pageerror', (error) => void problems.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(`${server.url}/`) && !request.url().startsWith('data:'))
        problems.push(`request to ${request.url()}`);
    });
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  beforeEach(async () => {
    tenant.reset();
    await page.setViewportSize({ width: 1400, height: 900 });
    // Another document: the hash alone would keep the page and what it has shown.
    visits += 1;
    await page.goto(`${server.url}/?${visits}`);
  });

  async function read(path: string): Promise<unknown> {
    const headers = { authorization: `Bearer ${await tenant.token()}` };
    return (await tenant.fetch(`${tenant.audience}${path}`, { headers })).json();
  }

  describe.each(Object.keys(HANDS))('by %s', (hand) => {
    test.each(WAYS)('$name', async ({ steps: stepsOf, request, path, want }) => {
      const { activate } = HANDS[hand]?.(page) ?? { activate: () => Promise.reject(new Error(hand)) };
      for (const target of stepsOf(page)) await activate(target);
      await expect.poll(() => page.locator('.exchange p').first().innerText()).toContain(request);
      await expect.poll(() => read(path)).toMatchObject(want as object);
      expect(problems).toEqual([]);
    });
  });

  test('a table follows what others change', async () => {
    await page.getByRole('link', { name: 'ada@travel0.example' }).waitFor();
    const headers = { authorization: `Bearer ${await tenant.token()}`, 'content-type': 'application/json' };
    const body = {
      connection: 'Username-Password-Authentication',
      email: 'eve@travel0.example',
      password: 'correct-horse-7-battery',
    };
    await fetch(`${tenant.audience}users`, { method: 'POST', headers, body: JSON.stringify(body) });
    await page.getByRole('link', { name: 'eve@travel0.example' }).waitFor();
  });

  test('the log of requests says why one was refused', async () => {
    await fetch(`${tenant.audience}roles/rol_1`, {
      headers: { authorization: `Bearer ${await tenant.token({ scopes: ['read:users'] })}` },
    });
    await page.getByRole('link', { name: 'Requests', exact: true }).click();
    await page.getByLabel('Only refused').check();
    await expect
      .poll(() => page.locator('main tbody tr').allInnerTexts())
      .toEqual([
        expect.stringMatching(/GET \/api\/v2\/roles\/rol_1\s[\s\S]*roles\.get[\s\S]*403\s+scope: required scopes/),
      ]);
  });

  test('a change that the API refuses says why, and stays open', async () => {
    await page.getByRole('link', { name: 'Roles', exact: true }).click();
    await page.getByRole('button', { name: 'Create a role' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Guide');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect.poll(() => page.getByRole('alert').innerText()).toMatch(/^409: /);
    problems.length = 0; // the browser logs each failed request
  });

  test('the clock can be advanced so far that tokens expire, and the page gets another one', async () => {
    await page.getByRole('link', { name: 'Clock', exact: true }).click();
    for (const _ of [1, 2]) await page.getByRole('button', { name: 'Advance 1 day' }).click();
    await page.getByRole('link', { name: 'Users', exact: true }).click();
    await page.getByRole('link', { name: 'ada@travel0.example' }).waitFor();
    problems.length = 0; // the browser logs each failed request
  });

  test('faults, snapshots and plans are made and used', async () => {
    await page.getByRole('link', { name: 'Faults', exact: true }).click();
    await page.getByLabel('Operation').selectOption('roles.list');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('roles.list: status 429').waitFor();
    await page.getByRole('link', { name: 'Snapshots', exact: true }).click();
    await page.getByLabel('Name', { exact: true }).fill('before');
    await page.getByRole('button', { name: 'Take a snapshot' }).click();
    await page.getByRole('button', { name: 'Return to before' }).click();
    await page.getByText('The tenant has the state of before.').waitFor();
    await page.getByRole('link', { name: 'Least scopes', exact: true }).click();
    await page.getByRole('heading', { name: 'Least scopes' }).waitFor();
    await page.getByRole('link', { name: 'Roles', exact: true }).click();
    await expect.poll(() => page.getByRole('alert').innerText()).toMatch(/^429: /);
    problems.length = 0; // the browser logs each failed request
  });

  test('copies the last change as code', async () => {
    for (const target of WAYS[2]?.steps(page) ?? []) await target.click();
    await expect.poll(() => page.locator('.exchange p').first().innerText()).toContain('204');
    await page.getByRole('button', { name: 'client', exact: true }).click();
    await page.getByRole('button', { name: 'Copy as client' }).click();
    await page.getByText('Copied', { exact: true }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      `await client.users.roles.remove('auth0|ada', { roles: ['rol_0000000000000002'] });`,
    );
  });

  test('another tenant by URL and token, through the server of the page', async () => {
    const other = await createTenant(await defaultContract(), { state: { roles: [{ name: 'Elsewhere' }] } });
    const there = await other.listen();
    await page.getByRole('button', { name: 'Other tenant' }).click();
    await page.getByLabel('URL of the tenant').fill(there.url);
    await page.getByLabel('Access token for its Management API').fill(await other.token());
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByRole('link', { name: 'Roles', exact: true }).click();
    await page.getByRole('link', { name: 'Elsewhere' }).waitFor();
    expect(await page.getByRole('link', { name: 'Requests', exact: true }).count()).toBe(0);
    await there.close();
  });

  test.each([
    [360, 'light'],
    [360, 'dark'],
    [1400, 'light'],
    [1400, 'dark'],
  ] as const)(
    'every kind of page is accessible and does not scroll sideways at %i pixels, %s',
    async (width, colorScheme) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const context = await browser.newContext({ bypassCSP: true, viewport: { width, height: 900 }, colorScheme });
      const checked = await context.newPage();
      for (const { hash, ready, open } of PLACES) {
        await checked.goto(`${server.url}/#/${hash}`);
        await checked.getByRole(ready.role, { name: ready.name, exact: true }).first().waitFor();
        if (open !== undefined) await checked.getByRole('button', { name: open }).click();
        const rules = colorScheme === 'light' ? 'all' : 'colours';
        expect(await accessibilityProblems(checked, rules), hash).toEqual([]);
        expect(await checked.evaluate(() => document.documentElement.scrollWidth), hash).toBeLessThanOrEqual(width);
      }
      await context.close();
    },
  );

  test('connects before the first frame is drawn', async () => {
    const context = await browser.newContext();
    await context.addInitScript(() => {
      const later = globalThis.setTimeout;
      globalThis.requestAnimationFrame = () => 0;
      const slow = (run: () => void, wait = 0) => later(run, Math.max(wait, 60_000));
      globalThis.setTimeout = Object.assign(slow, later);
    });
    const slow = await context.newPage();
    await slow.goto(server.url);
    await link('Users')(slow).waitFor({ timeout: 10_000 });
    await context.close();
  });

  test('shows characters that reorder text as escapes', async () => {
    const headers = { authorization: `Bearer ${await tenant.token()}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ name: 'a\u202egpj.exe' });
    const { status } = await tenant.fetch(`${tenant.audience}roles`, { method: 'POST', headers, body });
    expect(status).toBe(200);
    await page.goto(`${server.url}/#/role`);
    await page.getByText('a\\u{202e}gpj.exe').first().waitFor();
    expect(await page.content()).not.toContain('\u202e');
  });

  test('needs nothing from elsewhere, logs no error, and runs no name', async () => {
    expect(problems).toEqual([]);
    await page.goto(`${server.url}/#/role`);
    await page.getByText(HOSTILE).waitFor();
    expect(await page.title()).toBe('Rolecall console');
  });
});

/** One of each kind of page. */
const PLACES: readonly {
  readonly hash: string;
  readonly ready: { readonly role: 'link' | 'button' | 'heading'; readonly name: string };
  readonly open?: string;
}[] = [
  { hash: 'user', ready: { role: 'link', name: 'ada@travel0.example' } },
  { hash: 'user/auth0%7Cada', ready: { role: 'heading', name: 'Settings' } },
  { hash: 'user/auth0%7Cada?tab=1', ready: { role: 'button', name: 'Assign roles' }, open: 'Assign roles' },
  { hash: '-/requests', ready: { role: 'heading', name: 'Requests' } },
  { hash: '-/faults', ready: { role: 'heading', name: 'Faults' } },
];
