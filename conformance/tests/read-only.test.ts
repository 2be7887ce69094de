import { expect, it } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { checks } from '../checks/table.js';
import type { CheckResult } from '../engine/event.js';
import { createPlan, readingPlan } from '../engine/plan/plan.js';
import { rehearse } from '../engine/plan/rehearse.js';
import { run } from '../engine/run.js';
import { embeddedTarget } from '../target/embedded.js';

it('a run with --read-only sends nothing but reads and token requests, and says what it skips', async () => {
  const contract = await defaultContract();
  const only = ['roles.list/*', 'roles.get/documented-success', 'roles.create/documented-success'];
  const plan = createPlan(contract, checks, { depth: 'standard', only, skip: [] });
  const target = await embeddedTarget(contract);
  const sent: string[] = [];
  const results: CheckResult[] = [];
  const events = run(plan, target, { seed: 1, budget: {}, readOnly: true });
  for await (const event of events) {
    if (event.kind === 'finished') results.push(event.result);
    if (event.kind === 'requested') sent.push(`${event.exchange.request.method} ${event.exchange.request.path}`);
  }
  expect(sent.length).toBeGreaterThan(20);
  expect(sent.filter((line) => !/^(GET|HEAD|OPTIONS) |^POST \/oauth\/token$/.test(line))).toEqual([]);
  expect(results.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(5);
  const create = results.find(({ planned }) => planned.operation.id === 'roles.create');
  expect(create).toMatchObject({
    outcome: 'skipped',
    because: 'budget',
    reason: 'POST /api/v2/roles is not sent with --read-only.',
  });
});

it('a run with --read-only reads what the listings of the target show, and judges no state of it', async () => {
  const contract = await defaultContract();
  const target = await embeddedTarget(contract);
  const authorization = `Bearer ${await target.issue?.(contract.scopes)}`;
  const post = async (path: string, body: object) => {
    const headers = { authorization, 'content-type': 'application/json' };
    const sent = { method: 'POST', path: `/api/v2${path}`, headers, body: JSON.stringify(body) };
    return (await target.send(sent, { timeoutMs: 1000 })).json;
  };
  const role = Object(await post('/roles', { name: 'Night watch' }));
  const scopes = [{ value: 'read:tours' }];
  await post('/resource-servers', { identifier: 'https://tours.example.com/', name: 'Tours', scopes });
  const permission = { resource_server_identifier: 'https://tours.example.com/', permission_name: 'read:tours' };
  await post(`/roles/${role.id}/permissions`, { permissions: [permission] });
  const only = ['roles.get/documented-success', 'roles.permissions.list/*', 'organizations.get/documented-success'];
  const plan = readingPlan(createPlan(contract, checks, { depth: 'standard', only, skip: [] }));
  const results: CheckResult[] = [];
  const paths = new Set<string>();
  const { provision: _provision, ...bare } = target;
  for await (const event of run(plan, bare, { seed: 1, budget: {}, readOnly: true })) {
    if (event.kind === 'finished') results.push(event.result);
    if (event.kind === 'requested') paths.add(event.exchange.request.path);
  }
  expect(paths).toContain(`/api/v2/roles/${role.id}`);
  expect(results.filter(({ outcome }) => outcome === 'failed' || outcome === 'warned')).toEqual([]);
  const [get, , , ...rest] = results;
  expect(get?.outcome).toBe('passed');
  expect(results.find(({ planned }) => planned.operation.id === 'organizations.get')).toMatchObject({
    outcome: 'skipped',
    reason: 'With --read-only, nothing is created, and the listings show no organization; name more with --fixtures.',
  });
  expect(rest.length).toBeGreaterThan(3);
});

it('a rehearsal counts every request of a plan by purpose, also at a target with a rate limit', async () => {
  const contract = await defaultContract();
  const plan = createPlan(contract, checks, { depth: 'smoke', only: ['roles.get/documented-success'], skip: [] });
  const options = { seed: 1, budget: {} };
  const target = await embeddedTarget(contract);
  const { requests: sent } = await rehearse(plan, target, options);
  const counted = sent.map(({ purpose, method, route, count }) => `${purpose} ${count} ${method} ${route}`);
  expect(counted).toEqual(
    expect.arrayContaining([
      'token 1 POST /oauth/token',
      'fixture 1 POST /api/v2/roles',
      'check 1 GET /api/v2/roles/{id}',
      'cleanup 1 DELETE /api/v2/roles/{id}',
    ]),
  );
  expect(sent.find(({ route }) => route === '/api/v2/roles/{id}')?.scopes).toEqual([['read:roles']]);
  const startedAt = Date.now();
  const shared = await rehearse(plan, { ...(await embeddedTarget(contract)), metered: true }, options);
  expect(shared.requests.length).toBeGreaterThan(3);
  expect(shared.notes).toEqual([expect.stringMatching(/^About \d+ requests, .* in about \d+ (seconds|minutes) with /)]);
  expect(Date.now() - startedAt).toBeLessThan(20_000);
});
