import { describe, expect, it } from 'vitest';
import { defaultContract } from '../../../contract/load/default.js';
import { checks } from '../../checks/table.js';
import { embeddedTarget } from '../../target/embedded.js';
import type { CheckResult } from '../event.js';
import { run } from '../run.js';
import { leastGrant } from './least-grant.js';
import { createPlan } from './plan.js';

const contract = await defaultContract();
const ONLY = ['roles.*/documented-success', 'organizations.members.*/documented-success'];

/** The results of a plan with a token of these scopes. */
async function resultsWith(scopes: readonly string[]): Promise<readonly CheckResult[]> {
  const target = await embeddedTarget(contract);
  const token = (await target.issue?.(scopes)) ?? '';
  const results: CheckResult[] = [];
  const plan = createPlan(contract, checks, { depth: 'smoke', only: ONLY, skip: [] });
  for await (const event of run(plan, { ...target, credentials: { token } }, { seed: 1, budget: {} }))
    if (event.kind === 'finished') results.push(event.result);
  return results;
}

describe('the least grant of a plan', () => {
  const plan = createPlan(contract, checks, { depth: 'smoke', only: ONLY, skip: [] });
  const { scopes, grant } = leastGrant(plan, { client: 'abc', audience: 'https://travel0.example/api/v2/' });

  it('is a client grant, ready to paste, with a part of all scopes', () => {
    expect(grant).toEqual({ client_id: 'abc', audience: 'https://travel0.example/api/v2/', scope: scopes });
    expect(scopes.length).toBeLessThan(contract.scopes.length / 2);
    expect(scopes).toEqual(
      expect.arrayContaining(['create:roles', 'delete:organizations', 'create:organization_members']),
    );
    expect(scopes).not.toContain('update:client_grants');
  });

  it('includes what narrow tokens need where the plan has checks of scopes', () => {
    const scoped = createPlan(contract, checks, { depth: 'standard', only: ['roles.get/*'], skip: [] });
    const { scopes: needed } = leastGrant(scoped, { client: '', audience: '' });
    expect(needed).toEqual(expect.arrayContaining(['create:clients', 'update:client_grants', 'delete:client_grants']));
  });

  it('is enough for every check', async () => {
    const results = await resultsWith(scopes);
    expect(results.filter(({ because }) => because === 'credentials')).toEqual([]);
    expect(results.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(15);
  });

  it('is named where a token lacks a part of it, and only that is skipped', async () => {
    const results = await resultsWith(scopes.filter((scope) => scope !== 'update:roles'));
    const skipped = results.filter(({ because }) => because === 'credentials');
    expect(skipped.map(({ planned }) => planned.operation.id)).toContain('roles.update');
    expect(skipped[0]?.reason).toMatch(
      /^The token lacks update:roles.*, which \w+ \/api\/v2\/.* requires; rolecall verify --scopes prints what to grant\.$/,
    );
    expect(results.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(10);
    expect(results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  });
});
