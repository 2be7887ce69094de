import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../conformance/target/clock.js';
import { defaultContract } from '../contract/load/default.js';
import { faults } from './catalogue.js';
import { FAULTS_FILE, faultsData } from './faults-data.js';
import { detect } from './verify-fault.js';

const contract = await defaultContract();

describe('the planted faults', () => {
  it('are at least 120, at least 30 of them hard, each with a name of its own', () => {
    expect(faults.length).toBeGreaterThanOrEqual(120);
    expect(faults.filter(({ level }) => level === 'hard').length).toBeGreaterThanOrEqual(30);
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  });

  it('are at operations of the contract', () => {
    const ids = new Set(contract.operations.map(({ id }) => id));
    expect(faults.filter(({ operation }) => !ids.has(operation))).toEqual([]);
  });

  it('are in the package as data (npm run power -- --data)', () => {
    expect(readFileSync(FAULTS_FILE, 'utf8')).toBe(faultsData());
  });
});

/** A few of each kind: `npm run power` tries all, with three seeds. */
const SAMPLE = [
  'user-without-id',
  'negative-page',
  'slash-splits-id',
  'open-deletion',
  'updater-deletes',
  'page-gap-in-users',
  'last-entry-missing',
  'update-resets',
];

/** Nothing waits: what the servers here answer does not change with time. */
function eager(): Clock {
  let skipped = 0;
  return {
    now: () => Date.now() + skipped,
    sleep: async (milliseconds) => {
      // The time limit of the run is a sleep, too.
      if (milliseconds > 60_000) return new Promise(() => undefined);
      skipped += milliseconds;
    },
  };
}

describe('verify finds, and blames the right operation for', { timeout: 60_000 }, () => {
  it.each(SAMPLE)('%s', async (name) => {
    const fault = faults.find((one) => one.name === name);
    if (fault === undefined) throw new Error(`There is no fault "${name}".`);
    expect(await detect(fault, contract, { seed: 1, clock: eager() })).toMatchObject({ found: true, blamed: true });
  });
});
