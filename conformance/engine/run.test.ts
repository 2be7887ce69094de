import { beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { createTenant, type Tenant } from '../../tenant/tenant.js';
import { checks } from '../checks/table.js';
import { Redactor } from '../redaction/redact.js';
import { Collector } from '../report/collector.js';
import { createReport } from '../report/create-report.js';
import { formatAnnotations } from '../report/files/annotations.js';
import { formatJunit } from '../report/files/junit.js';
import { formatSummary } from '../report/files/summary-markdown.js';
import { mergeReports } from '../report/merge.js';
import type { Report } from '../report/report.js';
import { embeddedTarget } from '../target/embedded.js';
import { httpTarget } from '../target/http.js';
import type { Target } from '../target/target.js';
import { instantClock } from '../test-support/instant-clock.js';
import type { CheckResult, RunEnd, RunEvent } from './event.js';
import { createPlan, nameOf, type Plan } from './plan/plan.js';
import { fixtureRequests } from './plan/plan-estimate.js';
import { run } from './run.js';
import type { RunOptions } from './run-options.js';

let contract: Contract;
beforeAll(async () => {
  contract = await defaultContract();
});

function plan(only: readonly string[], options: Partial<Parameters<typeof createPlan>[2]> = {}): Plan {
  return createPlan(contract, checks, { depth: 'standard', only, skip: [], ...options });
}

async function collect(planned: Plan, target: Target, options: Partial<RunOptions> = {}): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of run(planned, target, { seed: 1, budget: {}, ...options })) events.push(event);
  return events;
}

function endOf(events: readonly RunEvent[]): RunEnd {
  const last = events.at(-1);
  if (last?.kind !== 'ended') throw new Error('The run did not end.');
  return last.end;
}

/** Not even what a directory or an administrator sets up: the embedded tenant provisions it. */
function skipped(events: readonly RunEvent[]): readonly CheckResult[] {
  return resultsOf(events).filter(({ outcome }) => outcome === 'skipped');
}

function resultsOf(events: readonly RunEvent[]): readonly CheckResult[] {
  return events.flatMap((event) => (event.kind === 'finished' ? [event.result] : []));
}

describe('run', () => {
  it('yields events in order: requests that try the target, planned, each check started and finished, ended', async () => {
    const planned = plan(['roles.get/*']);
    const events = await collect(planned, await embeddedTarget(contract));
    const before = events.slice(
      0,
      events.findIndex(({ kind }) => kind === 'planned'),
    );
    expect(before.map(({ kind }) => kind)).toEqual(before.map(() => 'requested'));
    expect(before.length).toBeGreaterThan(0);
    const order = events.flatMap((event) =>
      event.kind === 'started'
        ? [`+${nameOf(event.planned)}`]
        : event.kind === 'finished'
          ? [`-${nameOf(event.result.planned)}`]
          : [],
    );
    expect(order).toEqual(planned.checks.map(nameOf).flatMap((name) => [`+${name}`, `-${name}`]));
    expect(events.at(-1)?.kind).toBe('ended');
  });

  it('sends the same requests within each check for the same seed, apart from run marks and returned ids', async () => {
    const planned = plan([
      'users.roles.assign/*',
      'organizations.members.add/all-or-nothing',
      'resourceServers.create/invalid-body',
    ]);
    // Side by side they come in another order, each check's own are the same.
    const [one, other] = [await requestsByCheck(planned, 7, 1), await requestsByCheck(planned, 7, 3)];
    expect([...one.keys()].sort()).toEqual([...other.keys()].sort());
    for (const [name, requests] of one) expect([name, other.get(name)]).toEqual([name, requests]);
    expect(await requestsByCheck(planned, 8, 1)).not.toEqual(one);
  });

  it('ends at --max-requests, inconclusive', async () => {
    const events = await collect(plan(['users.roles.*']), await embeddedTarget(contract), {
      budget: { maxRequests: 60 },
    });
    expect(endOf(events).requests).toBeLessThanOrEqual(60);
    expect(endOf(events).leftovers).toEqual([]);
    expect(endOf(events).stopped).toMatch(/60 requests of --max-requests/);
  });

  it('removes what it created when it is cancelled in the middle', async () => {
    const { tenant, target } = await tenantBehindSockets();
    const abort = new AbortController();
    const before = await countOf(tenant);
    const isDue = countdown(150);
    for await (const event of run(plan(['users.*']), target, { seed: 1, budget: {}, signal: abort.signal })) {
      if (event.kind === 'requested' && isDue()) abort.abort();
      if (event.kind === 'ended') expect(event.end).toMatchObject({ leftovers: [], stopped: 'The run was cancelled.' });
    }
    await target.close();
    expect(await countOf(tenant)).toEqual(before);
  });

  it('sends nothing where it was cancelled before it began', async () => {
    const target = await embeddedTarget(contract);
    const asked: string[] = [];
    const send: Target['send'] = (request, limits) => {
      asked.push(request.path);
      return target.send(request, limits);
    };
    const events = await collect(plan(['users.*']), { ...target, send }, { signal: AbortSignal.abort() });
    expect(endOf(events).stopped).toBe('The run was cancelled.');
    expect(asked).toEqual([]);
  });

  it('removes what it created when its consumer stops iterating', async () => {
    const { tenant, target } = await tenantBehindSockets();
    const before = await countOf(tenant);
    const isDue = countdown(100);
    for await (const event of run(plan(['users.*']), target, { seed: 1, budget: {} })) {
      if (event.kind === 'requested' && isDue()) break;
    }
    await target.close();
    expect(await countOf(tenant)).toEqual(before);
  });

  it('names what is left when the cleanup is cancelled too', async () => {
    const abort = new AbortController();
    const target = await embeddedTarget(contract);
    const isDue = countdown(120);
    const options = { seed: 1, budget: {}, signal: abort.signal, cleanupSignal: abort.signal };
    for await (const event of run(plan(['users.roles.*']), target, options)) {
      if (event.kind === 'requested' && isDue()) abort.abort();
      if (event.kind === 'ended') {
        expect(event.end.leftovers.length).toBeGreaterThan(0);
        expect(event.end.leftovers.join()).toMatch(/user auth0\|\w+ \(.*@example\.com\)/);
      }
    }
  });

  it('sends at most 4 requests an operation in a smoke run, fixtures and tokens aside', async () => {
    const events = await collect(plan([], { depth: 'smoke' }), await embeddedTarget(contract));
    const counts = new Map<string, number>();
    for (const event of events) {
      if (event.kind !== 'requested' || event.purpose !== 'check') continue;
      const id = event.planned?.operation.id ?? '';
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    expect(counts.size).toBeGreaterThan(40);
    expect([...counts].filter(([, count]) => count > 4)).toEqual([]);
    expect(resultsOf(events).filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(skipped(events)).toEqual([]);
    const planned = plan([], { depth: 'smoke' });
    const announced = planned.checks.reduce((sum, { requests }) => sum + requests, fixtureRequests(planned));
    const sent = events.filter(({ kind }) => kind === 'requested').length;
    expect(Math.abs(sent / announced - 1)).toBeLessThan(0.2);
  });

  it('waits out the rate limit of a plan, and finds nothing wrong with it', async () => {
    // Time is the engine's and the tenant's own: hours pass in a moment.
    let time = Date.parse('2026-11-22T12:00:00Z');
    const clock = {
      now: () => time,
      sleep: async (milliseconds: number) => {
        if (milliseconds < 3_600_000) time += milliseconds;
        else await new Promise(() => undefined);
      },
    };
    const target = await embeddedTarget(contract, { plan: 'essentials', clock: () => time });
    const events = await collect(plan([], { depth: 'smoke' }), target, { clock });
    expect(events.some(({ kind }) => kind === 'waiting')).toBe(true);
    expect(events.filter(({ kind }) => kind === 'found')).toEqual([]);
    expect(skipped(events)).toEqual([]);
  });
});

describe('the report of a run', () => {
  it('holds no secret, token or password, and neither does anything made from it', async () => {
    const secrets = new Set<string>();
    // A target that echoes whatever is secret, in answers that are wrong: all of it ends up in findings.
    const target = await embeddedTarget(contract);
    const leaky: Target = {
      ...target,
      async send(request, limits) {
        const response = await target.send(request, limits);
        const authorization = request.headers.authorization ?? '';
        if (authorization.startsWith('Bearer ey')) secrets.add(authorization.slice(7));
        for (const [, secret] of `${request.body ?? ''}${response.text}`.matchAll(
          /"(?:password|client_secret|access_token)":"([^"]{8,})"/g,
        )) {
          if (secret !== undefined && new Set(secret).size > 6) secrets.add(secret);
        }
        if (request.path.startsWith('/oauth')) return response;
        const text = JSON.stringify({ ...Object(response.json), echo: `${request.body} ${authorization}` });
        return { ...response, headers: { ...response.headers, 'x-echo': authorization }, text, json: JSON.parse(text) };
      },
    };
    const report = await reportOf(plan(['users.create/*', 'clients.create/*', 'users.roles.assign/*']), leaky);
    expect(report.findings.length).toBeGreaterThan(0);
    expect(secrets.size).toBeGreaterThan(20);
    const texts = [JSON.stringify(report), formatJunit(report), formatSummary(report), formatAnnotations(report)];
    const said = texts.join('\n');
    expect([...secrets].filter((secret) => said.includes(secret))).toEqual([]);
    expect(said).toContain('$TOKEN');
  });

  it('is the same whether it comes from one run or from shards', async () => {
    const only = ['users.roles.list/*', 'roles.get/*', 'roles.create/*'];
    const whole = await reportOf(plan(only), await embeddedTarget(contract));
    const parts: Report[] = [];
    for (const index of [1, 2, 3]) {
      parts.push(await reportOf(plan(only, { shard: [index, 3] }), await embeddedTarget(contract)));
    }
    const merged = mergeReports(parts, checks);
    expect(merged.verdict).toBe(whole.verdict);
    expect(merged.summary).toMatchObject({ checks: whole.summary.checks, operations: whole.summary.operations });
    const names = ({ checks: done }: Report) => done.map(({ operation, id }) => `${operation}/${id}`).sort();
    expect(names(merged)).toEqual(names(whole));
    const unchecked = ({ unchecked: facts }: Report) =>
      facts.map(({ operation, what }) => `${operation} ${what}`).sort();
    expect(unchecked(merged)).toEqual(unchecked(whole));
    expect(parts.every(({ checks: done }) => done.length > 5)).toBe(true);
  });
});

/** True at the call of this number, and never else. */
function countdown(calls: number): () => boolean {
  let left = calls;
  return () => {
    left -= 1;
    return left === 0;
  };
}

async function reportOf(planned: Plan, target: Target): Promise<Report> {
  const redactor = new Redactor();
  const collector = new Collector();
  const options = { seed: 1, budget: {}, redactor, clock: instantClock() };
  for await (const event of run(planned, target, options)) collector.take(event);
  const tool = { name: 'rolecall', version: '0' };
  return createReport(collector, { tool, target, redactor, replay: { seed: 1, depth: 'standard' } });
}

/** The requests of each check, with what differs from run to run replaced. */
async function requestsByCheck(
  planned: Plan,
  seed: number,
  workers: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const events = await collect(planned, { ...(await embeddedTarget(contract)), workers }, { seed });
  const requests = new Map<string, string[]>();
  for (const event of events) {
    if (event.kind !== 'requested' || event.purpose !== 'check' || event.planned === undefined) continue;
    const { method, path, body } = event.exchange.request;
    const name = nameOf(event.planned);
    requests.set(name, [
      ...(requests.get(name) ?? []),
      normalise(`${method} ${decodeURIComponent(path.replace(/%(?![0-9a-f]{2})/gi, '%25'))} ${body}`),
    ]);
  }
  return requests;
}

function normalise(text: string): string {
  return text
    .replace(/\brc[0-9a-z]{9}-[0-9a-z]{4}/g, 'MARK')
    .replace(/\bfrom=[^&\s]+/g, 'CURSOR')
    .replace(/"password":"[^"]*"/g, 'PASSWORD')
    .replace(
      /\b(auth0\|[0-9a-f]+|(rol|org|cgr|con|ord|cred|uinv|grp)_[0-9A-Za-z]+|[0-9a-f]{24}|[0-9A-Za-z]{32})\b/gi,
      'ID',
    );
}

async function tenantBehindSockets(): Promise<{ readonly tenant: Tenant; readonly target: Target }> {
  const tenant = await createTenant(contract);
  const listening = await tenant.listen();
  const credentials = { client: { id: tenant.clientId, secret: tenant.clientSecret } };
  const target = httpTarget({ url: new URL(listening.url), audience: tenant.audience, credentials });
  return {
    tenant,
    target: {
      ...target,
      close: async () => {
        await target.close();
        await listening.close();
      },
    },
  };
}

/** How many users, roles and so on there are. */
async function countOf(tenant: Tenant): Promise<readonly number[]> {
  const authorization = `Bearer ${await tenant.token()}`;
  const counts: number[] = [];
  for (const kind of ['users', 'roles', 'organizations', 'resource-servers', 'clients', 'client-grants']) {
    const request = new Request(`${tenant.url}/api/v2/${kind}`, { headers: { authorization } });
    const items: unknown = await (await tenant.fetch(request)).json();
    counts.push(Array.isArray(items) ? items.length : -1);
  }
  return counts;
}
