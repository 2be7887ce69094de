import { describe, expect, it } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { acceptsToken, cachedFor, lists } from '../../faults/breaks.js';
import { gatewayFaults } from '../../faults/catalogue.js';
import type { Break } from '../../faults/fault.js';
import { faultyTarget } from '../../faults/gateway.js';
import { embeddedTarget } from '../target/embedded.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

const contract = await defaultContract();

async function failuresOf(breaks: Break, only: string): Promise<readonly string[]> {
  const target = faultyTarget(await embeddedTarget(contract), breaks);
  return failures(await verifyTarget(contract, target, { only: [only] }));
}

describe('a target that answers from a cache', () => {
  it.each([1, 2, 5])('for %i reads of a role shows the former one', async (reads) => {
    expect(await failuresOf(cachedFor(reads, 'GET /roles/{id}'), 'roles.get/reads-after-writes')).toEqual([
      expect.stringMatching(/^reads-after-writes: a read after an update shows the former /),
    ]);
  });

  it.each([1, 2, 5])(
    'for %i reads of a listing shows it without what was added, or with what was removed',
    async (reads) => {
      const found = await failuresOf(cachedFor(reads, 'GET /users/{id}/roles'), 'users.roles.list/reads-after-writes');
      expect(found).toEqual([
        expect.stringMatching(/^reads-after-writes: the listing by user (lacks|wrongly shows) a role$/),
      ]);
    },
  );

  it('keeps a deleted role in the listings that showed it', async () => {
    const fault = gatewayFaults.get('deleted-role-listed');
    if (fault === undefined) throw new Error('There is no such fault.');
    expect(await failuresOf(fault.breaks, 'roles.delete/cascade')).toEqual([
      'cascade: the listing by user wrongly shows a role',
    ]);
  });
});

it('a target that answers HEAD without a token is found', async () => {
  const breaks = acceptsToken('HEAD /users', ({ header }) => header === undefined);
  expect(await failuresOf(breaks, 'users.list/head-and-options')).toEqual(['head-and-options: HEAD needs no token']);
});

it('a listing that lacked an entry before a deletion is at fault itself', async () => {
  const target = faultyTarget(
    await embeddedTarget(contract),
    lists('GET /roles/{id}/users', () => []),
  );
  const { findings } = await verifyTarget(contract, target, { only: ['users.delete/cascade'] });
  expect(findings.map(({ cause, operations }) => [cause, ...operations])).toEqual([
    ['the listing by role lacks a user', 'roles.users.list'],
  ]);
});
