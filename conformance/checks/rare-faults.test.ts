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
