import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { createClient } from '../../generated/client.js';
import { createTenant, type Listening, type Tenant } from '../../tenant/tenant.js';
import { deriveModel } from '../model/derive-model.js';
import { ApiClient, type Exchange, exchanges } from './client.js';
import { SNIPPETS } from './snippets.js';

/** A name that would end a word, a text or an element if it were not escaped. */
const HOSTILE = `O'Hara "x" $(touch /tmp/x) \`y\` \\ <b>&amp;</b> \${1+1}`;

let tenant: Tenant;
let server: Listening;
let exchange: Exchange;

beforeAll(async () => {
  const contract = await defaultContract();
  tenant = await createTenant(contract);
  server = await tenant.listen();
  const api = new ApiClient(deriveModel(contract), {
    baseUrl: server.url,
    token: () => tenant.token(),
    send: tenant.fetch,
  });
  expect(await api.call('roles.create', { body: { name: HOSTILE } })).toMatchObject({ ok: true, reason: '' });
  [exchange] = exchanges.get() as [Exchange];
  return () => server.close();
});

async function roleNames(): Promise<readonly (string | undefined)[]> {
  const response = await tenant.fetch(`${server.url}/api/v2/roles`, {
    headers: { authorization: `Bearer ${await tenant.token()}` },
  });
  return ((await response.json()) as { name?: string }[]).map(({ name }) => name);
}

/** Runs a snippet, after the role that the first call created is gone. */
const RUN: Readonly<Record<string, (code: string) => Promise<unknown>>> = {
  cURL: async (code) =>
    promisify(execFile)('sh', ['-c', code], { env: { ...process.env, TOKEN: await tenant.token() } }),
  fetch: async (code) => evaluated(code, { process: { env: { TOKEN: await tenant.token() } } }),
  client: async (code) =>
    evaluated(code, { client: createClient({ baseUrl: server.url, token: () => tenant.token() }) }),
};

async function evaluated(code: string, names: Readonly<Record<string, unknown>>): Promise<unknown> {
  const text = encodeURIComponent(`export default async (${Object.keys(names).join(', ')}) => { ${code} };`);
  const { default: run } = (await import(/* @vite-ignore */ `data:text/javascript,${text}`)) as {
    default: (...values: readonly unknown[]) => Promise<unknown>;
  };
  return run(...Object.values(names));
}

test.each(Object.keys(SNIPPETS))('the request as %s does the same', async (kind) => {
  tenant.reset();
  await RUN[kind]?.(SNIPPETS[kind]?.(exchange) ?? '');
  expect(await roleNames()).toEqual([HOSTILE]);
});

test('the token stays out of it', () => {
  for (const snippet of Object.values(SNIPPETS)) expect(snippet(exchange)).not.toContain('eyJ');
});
