import type { Contract } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import type { ListenOptions } from '../http/server.js';
import { createTenant, type Tenant, type TenantOptions } from '../tenant.js';

export type { ListenOptions } from '../http/server.js';
export type { Tenant, TenantOptions } from '../tenant.js';

/** The tenant of a test file or of a worker. */
export interface TestTenantOptions extends TenantOptions {
  /** Default: that of the project, else the packaged one. */
  readonly contract?: Contract | undefined;
  /** Listens over HTTP, too; the tenant's `url` is then its address. Default: not, `tenant.fetch` needs no socket. */
  readonly listen?: ListenOptions | undefined;
}

/** The hooks of a test runner: of Vitest and Jest by these names; of `node:test`, `before` and `after`. */
export interface TestHooks {
  readonly beforeAll: (setUp: () => Promise<void>) => unknown;
  readonly beforeEach: (setUp: () => void) => unknown;
  readonly afterAll: (tearDown: () => Promise<void>) => unknown;
}

/**
 * Gives the tests around it a tenant, which has its initial state again before each of them.
 *
 * @returns the tenant, in hooks and tests
 * @example
 * const tenant = useTenant({ beforeAll, beforeEach, afterAll }, { state });
 * test('…', async () => { await tenant().fetch(`${tenant().audience}roles`); });
 */
export function useTenant(
  { beforeAll, beforeEach, afterAll }: TestHooks,
  options: TestTenantOptions = {},
): () => Tenant {
  let started: StartedTenant | undefined;
  const current = (): StartedTenant => {
    if (started === undefined) throw new Error('the tenant starts in beforeAll; use it in tests and later hooks');
    return started;
  };
  beforeAll(async () => {
    started = await startTestTenant(options);
  });
  beforeEach(() => current().tenant.reset());
  afterAll(async () => started?.close());
  return () => current().tenant;
}

/** What a fixture of Vitest or Playwright does with its value. */
type Use<Value> = (value: Value) => Promise<void>;

/** Fixtures for `test.extend` of Vitest and of Playwright. */
export interface TenantFixtures {
  /** One tenant for each worker. */
  readonly workerTenant: [(others: object, use: Use<Tenant>) => Promise<void>, { scope: 'worker' }];
  /** That tenant, with its initial state. */
  readonly tenant: (others: { readonly workerTenant: Tenant }, use: Use<Tenant>) => Promise<void>;
}

/**
 * The fixture `tenant`: one tenant for each worker, which has its initial state again before each test.
 *
 * @example
 * const test = base.extend<{ tenant: Tenant; workerTenant: Tenant }>(tenantFixtures({ state })); // Vitest
 * const test = base.extend<{ tenant: Tenant }, { workerTenant: Tenant }>(tenantFixtures({ listen: {} })); // Playwright
 */
export function tenantFixtures(options: TestTenantOptions = {}): TenantFixtures {
  return {
    workerTenant: [
      // biome-ignore lint/correctness/noEmptyPattern: both runners read which fixtures a function needs from this pattern
      async ({}, use) => {
        const { tenant, close } = await startTestTenant(options);
        await use(tenant);
        await close();
      },
      { scope: 'worker' },
    ],
    tenant: async ({ workerTenant }, use) => {
      workerTenant.reset();
      await use(workerTenant);
    },
  };
}

/** The part of MSW's `http` that `mswHandlers` uses. */
export interface HttpOfMsw<Handler> {
  readonly all: (path: string, resolver: (info: { readonly request: Request }) => Promise<Response>) => Handler;
}

/**
 * Handlers for MSW that answer every request to the tenant's URL from the tenant, without a socket.
 *
 * @param http - `http` of `msw`
 * @param tenant - created with a `baseUrl` if the code under test calls a certain domain
 */
export function mswHandlers<Handler>(
  http: HttpOfMsw<Handler>,
  tenant: Pick<Tenant, 'url' | 'fetch'>,
): readonly Handler[] {
  return [http.all(`${tenant.url}/*`, ({ request }) => tenant.fetch(request))];
}

interface StartedTenant {
  readonly tenant: Tenant;
  readonly close: () => Promise<void>;
}

async function startTestTenant({ contract, listen, ...options }: TestTenantOptions): Promise<StartedTenant> {
  const tenant = await createTenant(contract ?? (await defaultContract()), options);
  const listening = listen === undefined ? undefined : await tenant.listen(listen);
  return { tenant, close: async () => listening?.close() };
}
