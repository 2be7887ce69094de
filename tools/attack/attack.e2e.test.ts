import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { attacks } from './attacks.js';
import { runAttack } from './run-attacks.js';

/** Attempts of each attack; `npm run attack` makes all of them. */
const SIZES: Readonly<Record<string, number>> = {
  requests: 300,
  http: 200,
  tokens: 60,
  contracts: 2,
  targets: 2,
  client: 4,
  recordings: 2,
  kills: 3,
};

test.each(attacks.map((attack) => ({ attack, size: SIZES[attack.name] ?? 1 })))(
  '$attack.name, $size attempts: $attack.expects',
  async ({ attack, size }) => {
    const rolecall = join(inject('builtPackage'), 'dist', 'rolecall.js');
    const { result } = await runAttack(attack, { size, seed: 1, rolecall });
    expect(result).toEqual({ tried: size, failures: [] });
  },
  120_000,
);

test('a full run is as large as it has to be', () => {
  const sizes = Object.fromEntries(attacks.map(({ name, size }) => [name, size]));
  expect(sizes.requests).toBeGreaterThanOrEqual(1_000_000);
  expect(sizes.http).toBeGreaterThanOrEqual(200_000);
  expect(sizes.tokens).toBeGreaterThanOrEqual(300);
  expect(sizes.contracts).toBeGreaterThanOrEqual(300);
  expect(sizes.targets).toBeGreaterThanOrEqual(60);
  expect(sizes.client).toBeGreaterThanOrEqual(30);
  expect(sizes.recordings).toBeGreaterThanOrEqual(60);
  expect(sizes.kills).toBeGreaterThanOrEqual(120);
});
