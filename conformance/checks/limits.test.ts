import { describe, expect, it } from 'vitest';
import type { Contract, Json, JsonObject, Operation } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { getPointer, isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import { editJson } from '../arbitraries/json-edit.js';
import { changesInLists } from '../lookup/listed-entries.js';
import { embeddedTarget } from '../target/embedded.js';
import type { Target } from '../target/target.js';
import { instantClock } from '../test-support/instant-clock.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

/** A directory provisions groups: the API cannot create one, so nothing can be tried that needs one. */
const NO_GROUP = 'The contract has no operation that creates a group.';

/** Large enough for the fixtures of the checks that fill quotas, and quickly reached. */
const LOW = { relation: 3, roles: 12 } as const;

/** The contract with some values changed. */
async function contractWith(changes: Readonly<Record<string, Json>>): Promise<Contract> {
  const { document } = await defaultContract();
  const changed = Object.entries(changes).reduce<Json>(
    (edited, [pointer, value]) => editJson(edited, { kind: 'set', pointer, value }),
    document,
  );
  // A document with a changed value is still an object.
  return readContract(changed as JsonObject);
}

/** The contract with low quotas for every relation and for roles. */
async function loweredContract(): Promise<Contract> {
  const { document } = await defaultContract();
  const relations = getPointer(document, '/components/x-relations');
  const places = Object.entries(isObject(relations) ? relations : {}).flatMap(([name, relation]) =>
    isObject(relation) && Array.isArray(relation.limits)
      ? relation.limits.map((_limit, index) => `/components/x-relations/${name}/limits/${index}/max`)
      : [],
  );
  expect(places.length).toBeGreaterThan(3);
  return contractWith({
    ...Object.fromEntries(places.map((place) => [place, LOW.relation])),
    '/components/x-relations/member-roles/limits/0/disputed': 2 * LOW.relation,
    '/components/x-resources/role/limit/0/max': LOW.roles,
  });
}

/** The 403 and 409 that operations answer with when something is full. */
function refusalsWhenFull(contract: Contract, applies: (operation: Operation) => boolean): readonly string[] {
  return contract.operations
    .filter(applies)
    .flatMap(({ id, responses }) =>
      responses
        .filter(({ status, problems }) => /^40[39]$/.test(status) && problems.some(({ when }) => when.kind === 'full'))
        .map(({ status }) => `${id} ${status}`),
    );
}

describe('quotas', { timeout: 120_000 }, () => {
  it('are all reached at a tenant with low ones', async () => {
    const contract = await loweredContract();
    const report = await verifyTarget(contract, await embeddedTarget(contract), {
      only: ['*/relation-limits', 'roles.create/resource-limits'],
    });
    expect(failures(report)).toEqual([]);
    expect(report.verdict).toBe('conforms');
    const skipped = report.checks.filter(({ outcome }) => outcome === 'skipped');
    expect(skipped.filter(({ reason }) => reason !== NO_GROUP)).toEqual([]);
    const untried = new Set(skipped.map(({ operation }) => operation));
    const missed = report.unchecked.filter(({ what }) => what.startsWith('limit'));
    expect(missed.filter(({ operation }) => !untried.has(operation))).toEqual([]);
    const refusals = report.coverage.filter(({ status }) => status === 403 || status === 409);
    const reached = refusals.map(({ operation, status }) => `${operation} ${status}`);
    expect(reached).toEqual(
      refusalsWhenFull(
        contract,
        (operation) =>
          (operation.effect?.kind === 'add' && changesInLists(operation, contract) && !untried.has(operation.id)) ||
          operation.id === 'roles.create',
      ),
    );
    expect(reached).toContain('organizations.members.add 409');
    expect(reached).toContain('roles.create 403');
  });

  it('that the target does not enforce cause a finding', async () => {
    const tenant = await contractWith({ '/components/x-relations/user-roles/limits/0/max': LOW.relation + 1 });
    const contract = await contractWith({ '/components/x-relations/user-roles/limits/0/max': LOW.relation });
    const report = await verifyTarget(contract, await embeddedTarget(tenant), {
      only: ['users.roles.assign/relation-limits'],
    });
    expect(report.findings.map(({ cause, severity }) => `${severity}: ${cause}`)).toEqual([
      'warned: accepted although user-roles is beyond its quota',
    ]);
  });

  it('that are smaller than documented cause a finding', async () => {
    const tenant = await contractWith({ '/components/x-relations/user-roles/limits/0/max': LOW.relation - 1 });
    const contract = await contractWith({ '/components/x-relations/user-roles/limits/0/max': LOW.relation });
    const report = await verifyTarget(contract, await embeddedTarget(tenant), {
      only: ['users.roles.assign/relation-limits'],
    });
    expect(failures(report)).toEqual(['relation-limits: user-roles is full before its quota']);
  });

  it('with disputed numbers are observed in between, not judged', async () => {
    const place = '/components/x-relations/user-roles/limits/0';
    const disputed = { [`${place}/max`]: LOW.relation, [`${place}/disputed`]: 2 * LOW.relation };
    const tenant = await contractWith({ [`${place}/max`]: 2 * LOW.relation });
    const report = await verifyTarget(await contractWith(disputed), await embeddedTarget(tenant), {
      only: ['users.roles.assign/relation-limits'],
    });
    expect(report.findings).toEqual([]);
    expect(report.checks).toMatchObject([
      {
        outcome: 'observed',
        reason: `user-roles: number ${LOW.relation + 1} for one user is accepted; the sources say ${LOW.relation} and ${2 * LOW.relation}`,
      },
    ]);
  });

  it('that are out of reach are reported as not tried, with the number of requests', async () => {
    const contract = await defaultContract();
    const report = await verifyTarget(contract, await embeddedTarget(contract), {
      only: ['organizations.members.add/relation-limits'],
    });
    expect(report.checks[0]?.outcome).toBe('skipped');
    expect(report.checks[0]?.reason).toMatch(/It takes about 200012 requests\.$/);
  });
});

describe('the rate limit', { timeout: 60_000 }, () => {
  it('is reached, refused as documented, and recovers', async () => {
    const contract = await contractWith({ '/x-rate-limit/plans/free': { burst: 20, 'per-second': 50 } });
    const target = await embeddedTarget(contract, { plan: 'free' });
    const report = await verifyTarget(contract, target, {
      only: ['*/rate-limit-recovery', 'roles.*/rate-limit-headers'],
    });
    expect(failures(report)).toEqual([]);
    expect(report.checks.filter(({ outcome, reason }) => outcome !== 'passed' && reason !== NO_GROUP)).toEqual([]);
    expect(report.coverage.find(({ status }) => status === 429)?.errorCode).toBe('too_many_requests');
  });

  it('is waited out wherever it is reached, and never a finding', async () => {
    const contract = await defaultContract();
    const report = await verifyTarget(contract, refusingEveryThird(await embeddedTarget(contract)), {
      only: ['relation-model', 'all-or-nothing', 'token-missing', 'invalid-body'].map(
        (id) => `users.roles.assign/${id}`,
      ),
      clock: instantClock(),
      timeoutMs: Number.POSITIVE_INFINITY,
    });
    expect(report.findings).toEqual([]);
    expect(report.checks.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      'invalid-body passed',
      'token-missing passed',
      'relation-model passed',
      'all-or-nothing passed',
    ]);
  });
});

/** A target that refuses every third request for its rate. */
function refusingEveryThird(target: Target): Target {
  let requests = 0;
  return {
    ...target,
    async send(request, limits) {
      requests += 1;
      if (requests % 3 !== 0) return target.send(request, limits);
      return { status: 429, headers: { 'retry-after': '1' }, text: '' };
    },
  };
}
