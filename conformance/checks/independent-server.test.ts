import { describe, expect, it } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { type Fault, faults, type Liberty, liberties, type Variant } from '../../faults/server/faults.js';
import { independentTarget } from '../../faults/server/target.js';
import { createIndependentTenant } from '../../faults/server/tenant.js';
import type { Report } from '../report/report.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

/** The operations of the seed documents. */
const SEEDS = [
  'users.roles.assign/*',
  'users.roles.remove/*',
  'users.permissions.assign/*',
  'organizations.members.add/*',
  'organizations.members.roles.assign/*',
];

async function verify(fault: Variant | undefined, only: readonly string[], seed = 1): Promise<Report> {
  const tenant = await createIndependentTenant(fault === undefined ? {} : { fault });
  return verifyTarget(await defaultContract(), independentTarget(tenant), { only, seed });
}

describe('a server written by hand from the evidence', { timeout: 120_000 }, () => {
  it.each([1, 2, 3])('conforms for the operations of the seed documents, seed %i', async (seed) => {
    const report = await verify(undefined, SEEDS, seed);
    expect(failures(report)).toEqual([]);
    expect(report.reasons).toEqual([]);
    expect(report.verdict).toBe('conforms');
    expect(report.leftovers).toEqual([]);
    expect(report.summary.operations).toBe(5);
  });
});

/** The operation to verify for each fault, and a finding of it. */
const FOUND: Readonly<Record<Fault, { readonly only: string; readonly finds: RegExp }>> = {
  'members-answer-200': {
    only: 'organizations.members.add/*',
    finds: /^documented-success: status 200 instead of 204$/,
  },
  'scope-let-through': {
    only: 'users.roles.assign/*',
    finds: /^scope-alternatives: accepted although required scopes are missing$/,
  },
  'eleven-members': {
    only: 'organizations.members.add/*',
    finds: /^size-limits: accepted although body \/members violates maxItems$/,
  },
  'second-role-forgotten': {
    only: 'organizations.members.roles.assign/*',
    finds: /^relation-model: the listing by organization and user lacks a role$/,
  },
  'roles-outlive-deletion': {
    only: 'roles.delete/cascade',
    finds: /^cascade: the listing by user wrongly shows a role$/,
  },
  'partial-add': { only: 'users.roles.assign/*', finds: /^all-or-nothing: a refused request changed something$/ },
  'no-error-code': { only: 'users.roles.assign/*', finds: /^invalid-body: errorCode missing instead of invalid_body$/ },
  'status-code-fixed': {
    only: 'users.roles.assign/token-missing',
    finds: /^token-missing: body \/statusCode is not the status of the response$/,
  },
  'reason-fixed': {
    only: 'users.roles.assign/token-missing',
    finds: /^token-missing: body \/error is not the reason of the response$/,
  },
  'expired-accepted': {
    only: 'users.roles.assign/token-*',
    finds: /^token-claims: accepted although the token is expired$/,
  },
  'signature-unchecked': {
    only: 'users.roles.assign/token-*',
    finds: /^token-forged: invalid tokens are accepted$/,
  },
  'none-accepted': {
    only: 'users.roles.assign/token-*',
    finds: /^token-forged: accepted although the token has alg none$/,
  },
  'percent-crashes': { only: 'users.roles.assign/hostile-ids', finds: /^hostile-ids: server error 500$/ },
  'page-gap': { only: 'users.roles.list/pages-add-up', finds: /^pages-add-up: pages: an entry is left out$/ },
  'total-off-by-one': {
    only: 'users.roles.list/page-totals',
    finds: /^page-totals: total is not the number of entries on all pages$/,
  },
  'total-capped': {
    only: 'users.roles.list/page-totals',
    finds: /^page-totals: total is not the number of entries on all pages$/,
  },
  'total-zero-later': {
    only: 'roles.list/page-totals',
    finds: /^page-totals: total is not the number of entries on all pages$/,
  },
  'start-as-page': {
    only: 'users.roles.list/page-totals',
    finds: /^page-totals: start is not the position of the first entry$/,
  },
  'limit-as-count': {
    only: 'roles.list/page-totals',
    finds: /^page-totals: limit is not the requested page size$/,
  },
  'page-size-ignored': {
    only: 'roles.list/resource-listing',
    finds: /^resource-listing: pages: a page is larger than requested$/,
  },
  'later-page-gap': {
    only: 'roles.list/resource-listing',
    finds: /^resource-listing: pages: small pages show other entries than large ones$/,
  },
  'date-with-space': {
    only: 'users.create/documented-success',
    finds: /^documented-success: body \/(created|updated)_at: format date-time$/,
  },
  'assign-ends-memberships': {
    only: 'users.roles.assign/relations-apart',
    finds: /^relations-apart: the listing by user lacks an organization after a change of user-roles$/,
  },
  'assign-clears-permissions': {
    only: 'users.roles.assign/relations-apart',
    finds: /^relations-apart: the listing by user lacks a permission after a change of user-roles$/,
  },
  'refusals-as-text': { only: 'users.roles.assign/token-*', finds: /: content type$/ },
  'refused-but-done': { only: 'users.roles.assign/*', finds: /: a refused request changed something$/ },
  'repeat-listed-twice': { only: 'users.roles.assign/*', finds: /: the listing by user repeats a role$/ },
  'wrong-user': {
    only: 'users.permissions.assign/relation-model',
    finds: /^relation-model: the listing by user wrongly shows a permission$/,
  },
};

/** Faults that must cause one finding only. */
const ONE_CAUSE: readonly Fault[] = [
  'members-answer-200',
  'scope-let-through',
  'eleven-members',
  'second-role-forgotten',
  'roles-outlive-deletion',
  'partial-add',
  'no-error-code',
  'none-accepted',
  'status-code-fixed',
  'total-off-by-one',
  'total-capped',
  'total-zero-later',
  'start-as-page',
  'limit-as-count',
  'reason-fixed',
  'refused-but-done',
  'repeat-listed-twice',
];

describe('a variant of it with one planted fault', { timeout: 120_000 }, () => {
  // The keys of a closed record are its faults.
  it.each(Object.entries(faults) as [Fault, string][])('violates: %s (%s)', async (fault) => {
    const { only, finds } = FOUND[fault];
    const report = await verify(fault, [only]);
    expect(report.verdict).toBe('violates');
    expect(failures(report)).toContainEqual(expect.stringMatching(finds));
    if (ONE_CAUSE.includes(fault)) expect(failures(report)).toHaveLength(1);
    expect(report.leftovers).toEqual([]);
  });
});

/** The operation to verify for each liberty. */
const TAKEN: Readonly<Record<Liberty, string>> = {
  'repeat-refused': 'users.roles.assign/*',
  'stranger-refused': 'organizations.members.remove/*',
};

describe('a variant of it with behaviour that no source forbids', { timeout: 120_000 }, () => {
  // The keys of a closed record are its liberties.
  it.each(Object.entries(liberties) as [Liberty, string][])('conforms: %s (%s)', async (liberty) => {
    const report = await verify(liberty, [TAKEN[liberty]]);
    expect(failures(report)).toEqual([]);
    expect(report.verdict).toBe('conforms');
    expect(report.findings.map(({ severity, grade }) => [severity, grade])).toContainEqual(['observed', 'unknown']);
  });
});
