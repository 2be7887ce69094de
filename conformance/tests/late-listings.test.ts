import { expect, test } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { embeddedTarget } from '../target/embedded.js';
import { pauselessClock } from '../test-support/instant-clock.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

const contract = await defaultContract();

test('a listing that may show changes late is waited for', async () => {
  const target = await embeddedTarget(contract, { habits: { lag: '0.4s' } });
  const report = await verifyTarget(contract, target, { only: ['*/resource-listing'] });
  expect(failures(report)).toEqual([]);
  expect(report.checks.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(5);
});

test('a listing that stays without a new resource fails', async () => {
  const target = await embeddedTarget(contract, { habits: { lag: '3600s' } });
  const clock = pauselessClock();
  const report = await verifyTarget(contract, target, { only: ['*/resource-listing'], clock });
  expect(failures(report)).toContain('resource-listing: pages: a new resource is left out');
});
