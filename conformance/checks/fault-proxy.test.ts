import { describe, expect, it } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { independentTarget } from '../../faults/server/target.js';
import { createIndependentTenant } from '../../faults/server/tenant.js';
import { faultyTarget, type ProxyFault, proxyFaults } from '../test-support/fault-proxy.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

/** The operation to verify for each fault, and its only finding. */
const FOUND: Readonly<Record<ProxyFault, { readonly only: string; readonly finds: string }>> = {
  'success-as-200': { only: 'users.roles.remove/*', finds: 'documented-success: status 200 instead of 204' },
  'scope-let-through': {
    only: 'users.roles.assign/*',
    finds: 'scope-alternatives: accepted although required scopes are missing',
  },
  'eleven-members': {
    only: 'organizations.members.add/*',
    finds: 'size-limits: accepted although body /members violates maxItems',
  },
  'reset-dropped': {
    only: 'users.roles.assign/*',
    finds: 'rate-limit-headers: x-ratelimit-reset is missing beside the others',
  },
  'second-role-forgotten': {
    only: 'organizations.members.roles.assign/*',
    finds: 'relation-model: the listing by organization and user lacks a role',
  },
};

describe('a proxy with one fault in front of a conforming target', { timeout: 120_000 }, () => {
  // The keys of a closed record are its faults.
  it.each(Object.entries(proxyFaults) as [ProxyFault, string][])('causes this finding only: %s (%s)', async (fault) => {
    const tenant = await createIndependentTenant();
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: `${tenant.url}/`, aud: tenant.audience, sub: 'proxy', iat: now, exp: now + 3600 };
    const target = faultyTarget(independentTarget(tenant), {
      fault,
      fullToken: () => tenant.sign({ ...claims, scope: 'read:roles update:users' }),
    });
    const { only, finds } = FOUND[fault];
    const report = await verifyTarget(await defaultContract(), target, { only: [only] });
    expect(failures(report)).toEqual([finds]);
    expect(report.verdict).toBe('violates');
  });

  it('names the scope that is wrongly accepted', async () => {
    const target = independentTarget(await createIndependentTenant({ fault: 'scope-let-through' }));
    const report = await verifyTarget(await defaultContract(), target, {
      only: ['users.roles.assign/scope-alternatives'],
    });
    expect(report.findings[0]?.actual).toMatch(/^2\d\d for a token with read:users$/);
  });
});
