import { expect, it } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { gatewayFaults } from '../../faults/catalogue.js';
import { faultyTarget } from '../../faults/gateway.js';
import { embeddedTarget } from '../target/embedded.js';
import { pauselessClock } from '../test-support/instant-clock.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

const contract = await defaultContract();

it.each([
  ['sometimes-open', 'roles.list/token-missing', /no token is required/],
  ['lost-member', 'organizations.members.add/parallel-requests', /result of no order of the parallel requests/],
  ['lost-permission', 'users.permissions.assign/parallel-requests', /parallel-requests: /],
])('finds the fault %s, which most requests do not show, with any seed', async (name, only, finding) => {
  const fault = gatewayFaults.get(name);
  if (fault === undefined) throw new Error(`There is no fault "${name}".`);
  for (const seed of [1, 2]) {
    const target = faultyTarget(await embeddedTarget(contract), fault.breaks);
    const found = failures(await verifyTarget(contract, target, { only: [only], seed, clock: pauselessClock() }));
    expect([seed, found.join()]).toEqual([seed, expect.stringMatching(finding)]);
  }
});

it.each([
  ['second-page-without-id', 'users.list', /^pages: small pages show other entries than large ones$/],
  ['numeric-role-id', 'roles.list', /^body: oneOf$/],
  ['list-in-an-object', 'roles.list', /^body: oneOf$/],
])('judges which entries a listing shows only where they have ids: %s', async (name, operation, cause) => {
  const fault = gatewayFaults.get(name);
  if (fault === undefined) throw new Error(`There is no fault "${name}".`);
  const target = faultyTarget(await embeddedTarget(contract), fault.breaks);
  const report = await verifyTarget(contract, target, {
    only: [`${operation}/resource-listing`],
    clock: pauselessClock(),
  });
  const causes = [...new Set(report.findings.map((finding) => finding.cause))];
  expect(causes).toContainEqual(expect.stringMatching(cause));
  expect(causes.join()).not.toContain('a new resource is');
});
