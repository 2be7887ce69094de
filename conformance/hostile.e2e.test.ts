import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../contract/contract.js';
import { defaultContract } from '../contract/load/default.js';
import { createTenant, type Listening, type Tenant } from '../tenant/tenant.js';
import { RunError } from './errors.js';
import type { Report } from './report/report.js';
import { httpTarget } from './target/http.js';
import type { Target } from './target/target.js';
import { type Hostility, hostilities, startHostileTarget } from './test-support/hostile-target.js';
import { verifyTarget } from './test-support/verify-target.js';

const TIMEOUT_MS = 1500;
/** A target that is hostile from the start does not get that far. */
const FIRST_TIMEOUT_MS = 600;
/** Time to start and stop on a busy machine. */
const SLACK_MS = 2500;
/** Requests that are answered properly before a target turns hostile: by then the fixtures exist. */
const GOOD_REQUESTS = 120;

const KINDS = Object.keys(hostilities) as Hostility[];

describe('a hostile target', () => {
  let contract: Contract;
  let tenant: Tenant;
  let listening: Listening;
  /** The resources of a new tenant. */
  let initial: ReadonlySet<string>;

  beforeAll(async () => {
    contract = await defaultContract();
    tenant = await createTenant(contract);
    listening = await tenant.listen();
    initial = new Set(await idsOf(tenant));
  });

  afterAll(() => listening.close());

  it.each(KINDS)('from the start: %s: one sentence, in time', async (hostility) => {
    const hostile = await startHostileTarget({ hostility });
    const startedAt = Date.now();
    const outcome = await verify(hostile.url, FIRST_TIMEOUT_MS).catch((error: unknown) => error);
    expect(Date.now() - startedAt).toBeLessThan(TIMEOUT_MS + SLACK_MS);
    await hostile.close();
    if (outcome instanceof RunError) expect(outcome.message).toMatch(/^[^\n]{20,500}$/);
    else expect(outcome).toMatchObject({ verdict: expect.stringMatching(/^(inconclusive|violates)$/) });
  });

  it.each(KINDS)('midway: %s: a report, in time, that names everything left behind', async (hostility) => {
    const behind = { url: listening.url, requests: GOOD_REQUESTS };
    const hostile = await startHostileTarget({ hostility, behind, delayMs: 400 });
    const startedAt = Date.now();
    const report = await verify(hostile.url);
    expect(Date.now() - startedAt).toBeLessThan(TIMEOUT_MS + SLACK_MS);
    await hostile.close();
    expect(report.verdict).toMatch(/^(inconclusive|violates)$/);
    expect([...report.reasons, ...report.findings]).not.toEqual([]);
    expect(JSON.stringify(report)).not.toMatch(/\\n\s+at |\bTypeError\b/);
    expect(report.checks.filter(({ reason }) => reason?.includes('defect'))).toEqual([]);

    const left = (await idsOf(tenant)).filter((id) => !initial.has(id));
    expect(left.filter((id) => !report.leftovers.some((leftover) => leftover.includes(id)))).toEqual([]);
    tenant.reset();
    initial = new Set(await idsOf(tenant));
  });

  function verify(url: string, timeoutMs = TIMEOUT_MS): Promise<Report> {
    const credentials = { client: { id: tenant.clientId, secret: tenant.clientSecret } };
    const target: Target = httpTarget({ url: new URL(url), audience: tenant.audience, credentials });
    return verifyTarget(contract, target, {
      only: ['users.roles.assign/*', 'roles.create/*', 'roles.delete/*'],
      timeoutMs,
    });
  }
});

/** The ids of all resources that a run may create. */
async function idsOf(tenant: Tenant): Promise<readonly string[]> {
  const authorization = `Bearer ${await tenant.token()}`;
  const ids: string[] = [];
  for (const [kind, key] of [
    ['users', 'user_id'],
    ['roles', 'id'],
    ['organizations', 'id'],
    ['client-grants', 'id'],
  ] as const) {
    const request = new Request(`${tenant.url}/api/v2/${kind}?per_page=100`, { headers: { authorization } });
    const items = (await (await tenant.fetch(request)).json()) as Record<string, string>[];
    ids.push(...items.map((item) => item[key] ?? ''));
  }
  return ids;
}
