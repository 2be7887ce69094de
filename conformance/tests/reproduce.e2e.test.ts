import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { createTenant, type Listening, type Tenant } from '../../tenant/tenant.js';
import { checks } from '../checks/table.js';
import { createPlan } from '../engine/plan/plan.js';
import { run } from '../engine/run.js';
import { Redactor } from '../redaction/redact.js';
import { Collector } from '../report/collector.js';
import { createReport } from '../report/create-report.js';
import type { Report } from '../report/report.js';
import { httpTarget } from '../target/http.js';
import { type ProxyFault, startFaultProxy } from '../test-support/fault-proxy.js';

/** Where each fault shows, and what the last answer of its curl lines looks like. */
const FAULTS: readonly (readonly [ProxyFault, string, RegExp])[] = [
  ['success-as-200', 'users.roles.assign/*', /^HTTP\/1.1 200/],
  ['eleven-members', 'organizations.members.add/*', /^HTTP\/1.1 204/],
  ['reset-dropped', 'roles.get/*', /^HTTP\/1.1 200(?![\s\S]*x-ratelimit-reset)/i],
  ['second-role-forgotten', 'organizations.members.roles.assign/*', /^HTTP\/1.1 200[\s\S]*\[({[^{}]*})?\]$/],
  ['scope-let-through', 'users.roles.assign/*', /^HTTP\/1.1 204/],
];

/** Checks that send many requests, and do not notice these faults before others do. */
const LONG_CHECKS = ['*/hostile-ids', '*/odd-bodies', '*/invalid-body', '*/parallel-requests'];

describe('the lines of a finding, in front of a running target with one fault', () => {
  let contract: Contract;
  let tenant: Tenant;
  let listening: Listening;

  beforeAll(async () => {
    const plain = await defaultContract();
    if (plain.rateLimit === undefined) throw new Error('The contract has no rate limit.');
    const { evidence } = plain.rateLimit;
    // So wide that it tells its headers and is never reached.
    const wide = { name: 'wide', groups: new Map(), burst: 1e6, perSecond: 1e6, evidence };
    contract = { ...plain, rateLimit: { ...plain.rateLimit, plans: [wide] } };
    tenant = await createTenant(contract, { plan: 'wide' });
    listening = await tenant.listen();
  });

  afterAll(() => listening.close());

  it.each(FAULTS)('%s: curl shows it, replay shows it again', async (fault, only, shows) => {
    const proxy = await startFaultProxy({ url: listening.url, fault, fullToken: () => tenant.token() });
    const report = await verify(proxy.url, only, 1, { skip: LONG_CHECKS });
    const [finding] = report.findings;
    expect(report.findings).toHaveLength(1);

    const curl = finding?.curl ?? '';
    const scopes = /# CHOSEN_TOKEN: .*: (.*)$/m.exec(curl)?.[1]?.split(' ') ?? [];
    const tokens = { TOKEN: await tenant.token(), CHOSEN_TOKEN: await tenant.token({ scopes }) };
    expect(await shell(curl, tokens)).toMatch(shows);

    const line = / --only (?<again>\S+) --seed (?<seed>\d+)(?: --path (?<path>\S+))?/.exec(finding?.replay ?? '');
    const { again = '', seed, path } = line?.groups ?? {};
    const replayed = await verify(proxy.url, again, Number(seed), path === undefined ? {} : { path });
    await proxy.close();
    expect(replayed.findings.map(({ fingerprint }) => fingerprint)).toEqual([finding?.fingerprint]);
    expect(replayed.summary.requests).toBeLessThan(report.summary.requests);
  });

  it('leaves nothing behind, neither the run nor the curl lines', async () => {
    const clean = await createTenant(contract, { plan: 'wide' });
    const before = await inventory(clean);
    expect(await inventory(tenant)).toEqual(before);
  });

  async function verify(
    url: string,
    only: string,
    seed: number,
    { path, skip = [] }: { readonly path?: string; readonly skip?: readonly string[] } = {},
  ): Promise<Report> {
    const plan = createPlan(contract, checks, { depth: 'standard', only: [only], skip });
    const credentials = { client: { id: tenant.clientId, secret: tenant.clientSecret } };
    const target = httpTarget({ url: new URL(url), audience: tenant.audience, credentials });
    const redactor = new Redactor();
    const collector = new Collector();
    const events = run(plan, target, { seed, redactor, budget: {}, ...(path === undefined ? {} : { path }) });
    for await (const event of events) collector.take(event);
    await target.close();
    const replay = { seed, depth: 'standard', url };
    return createReport(collector, { tool: { name: 'rolecall', version: '0' }, target, redactor, replay });
  }
});

async function shell(lines: string, variables: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', ['-c', lines], { env: { ...process.env, ...variables } });
  return stdout;
}

/** How many of each kind of thing a tenant has. */
async function inventory(tenant: Tenant): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const authorization = `Bearer ${await tenant.token()}`;
  for (const kind of ['users', 'roles', 'organizations', 'resource-servers', 'clients', 'client-grants']) {
    const response = await tenant.fetch(new Request(`${tenant.url}/api/v2/${kind}`, { headers: { authorization } }));
    const items: unknown = await response.json();
    counts[kind] = Array.isArray(items) ? items.length : -1;
  }
  return counts;
}
