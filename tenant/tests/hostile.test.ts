import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { randomFrom } from '../random.js';
import { createTenant, defaultContract } from '../tenant.js';
import { hostileRequest } from '../test-support/hostile.js';
import { key } from '../test-support/school.js';

/** HOSTILE=100000 is the full run. */
const REQUESTS = Number(process.env.HOSTILE ?? 3_000);
const ROUNDS = 4;
/** The tolerated growth of the heap between rounds, in bytes. */
const SLACK = 8 * 1024 * 1024;

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void; // available with --expose_gc

test(`${REQUESTS} random and hostile requests cause no failure and no memory leak`, {
  timeout: 600_000,
}, async () => {
  const rejections: unknown[] = [];
  const note = (reason: unknown): void => void rejections.push(reason);
  process.on('unhandledRejection', note);
  const contract = await defaultContract();
  let now = Date.UTC(2026, 0, 1);
  const tenant = await createTenant(contract, { seed: 1, clock: () => now, key: await key });
  const good = await tenant.token();
  const narrow = await tenant.token({ scopes: contract.scopes.slice(0, 5) });
  now -= 10 * 86_400_000;
  const expired = await tenant.token();
  now += 10 * 86_400_000;
  const [head = '', payload = ''] = good.split('.');
  const authorizations = [
    ...Array.from({ length: 20 }, () => `Bearer ${good}`),
    `bearer ${narrow}`,
    `Bearer ${expired}`,
    `Bearer ${good}x`,
    `Bearer ${head}.${payload}.`,
    `Bearer ..`,
    'Bearer',
    'Basic YTpi',
    'Bearer \u0000',
    `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`,
    `Bearer a.b.c`,
    `Bearer ${'x'.repeat(100_000)}`,
    `Bearer e30.e30.e30`,
    'Bearer bnVsbA.bnVsbA.bnVsbA',
  ];
  const random = randomFrom(3);
  const statuses = new Map<number, number>();
  const heaps: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const seen: string[] = [];
    for (let sent = 0; sent < REQUESTS / ROUNDS; sent += 1) {
      const request = hostileRequest({ contract, random, authorizations, seen });
      const { status, body } = await tenant.handle(request);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status >= 500 && status !== 501)
        throw new Error(`${status} for ${JSON.stringify(request).slice(0, 2000)}: ${body}`);
      if (status < 300 && body.length < 5000)
        for (const [, id] of body.matchAll(/"(?:user_|client_)?(?:id|identifier|value|name)":"([^"]{1,80})"/g))
          if (seen.length < 300) seen.push(id ?? '');
    }
    tenant.reset();
    collect();
    heaps.push(process.memoryUsage().heapUsed);
  }
  if (process.env.HOSTILE !== undefined) console.info(statuses, heaps);
  process.off('unhandledRejection', note);
  expect(rejections).toEqual([]);
  // The requests reach every stage: refusals of every kind, and successes that change the state.
  for (const status of [200, 201, 204, 400, 401, 403, 404, 405, 409, 413, 501])
    expect(statuses.get(status) ?? 0, `status ${status}`).toBeGreaterThan(0);
  expect((heaps.at(-1) ?? 0) - (heaps[1] ?? 0)).toBeLessThan(SLACK);
});
