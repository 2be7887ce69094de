import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { defaultContract } from '../contract/load/default.js';
import type { SigningKey } from '../tenant/tenant.js';
import { simulate } from './simulated-run.js';

/** The small form of `npm run test:real`. */

const contract = await defaultContract();
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
// A JWK of node:crypto is a JSON object of the members that RFC 7518 names.
const key = { ...privateKey.export({ format: 'jwk' }), alg: 'RS256' } as SigningKey;

describe('a smoke run at a tenant of plan free, in simulated time', () => {
  it('provokes no 429 and takes at most 150 s', async () => {
    const { report, elapsed, refused } = await simulate({ contract, key, plan: 'free', depth: 'smoke', seed: 9 });
    expect(report).toMatchObject({ verdict: 'conforms', leftovers: [] });
    expect(refused).toBe(0);
    expect(elapsed).toBeLessThanOrEqual(150_000);
    expect(report.summary.requests).toBeGreaterThan(120);
  });

  it('costs two other clients, which use half of the budget, no request', async () => {
    const only = ['roles.*', 'users.*'];
    const given = { contract, key, plan: 'free', depth: 'smoke', seed: 9, only, withOthers: true } as const;
    const { report, refusedToOthers, requestsOfOthers, refused } = await simulate(given);
    expect(report.verdict).toBe('conforms');
    expect(requestsOfOthers).toBeGreaterThan(50);
    expect([refused, refusedToOthers]).toEqual([0, 0]);
  });

  it('finds the same where connections break and stall, tokens end, and every request gets a 429 for a while', async () => {
    const disturbances = { resets: 0.05, stalls: 0.05, storm: [5000, 15_000], tokensLast: 20_000 } as const;
    const only = ['roles.*'];
    const given = { contract, key, plan: 'enterprise', depth: 'smoke', seed: 9, only } as const;
    const { report, refused } = await simulate({ ...given, disturbances, clockAhead: 300_000 });
    expect(report).toMatchObject({ verdict: 'conforms', findings: [], leftovers: [] });
    expect(refused).toBeGreaterThan(0);
  });
});
