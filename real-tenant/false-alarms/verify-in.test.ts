import { describe, expect, it } from 'vitest';
import { checks } from '../../conformance/checks/table.js';
import { createPlan } from '../../conformance/engine/plan/plan.js';
import { embeddedTarget } from '../../conformance/target/embedded.js';
import { parseJson } from '../../conformance/target/target.js';
import { defaultContract } from '../../contract/load/default.js';
import type { Circumstance } from './circumstance.js';
import { circumstances } from './circumstances.js';
import { alarmsOf, verifyIn } from './verify-in.js';

const contract = await defaultContract();
const only = ['roles.get/documented-success', 'roles.list/resource-listing'];
const plan = createPlan(contract, checks, { depth: 'standard', only, skip: [] });
const options = { contract, plan, seed: 1, depth: 'standard' } as const;

describe('verify at a conforming tenant, in the circumstances', { timeout: 60_000 }, () => {
  it.each(circumstances)('$name: finds nothing ($title)', async (circumstance) => {
    const report = await verifyIn(circumstance, options);
    // A text says why this machine cannot have the circumstance: nginx is not installed.
    expect(typeof report === 'string' ? circumstance.name : alarmsOf(report)).toEqual(
      typeof report === 'string' ? 'nginx' : [],
    );
  });
});

it('a tenant with a fault is an alarm', async () => {
  const faulty: Circumstance = {
    name: 'faulty',
    title: 'roles have no id',
    async begin() {
      const base = await embeddedTarget(contract);
      const send: typeof base.send = async (request, limits) => {
        const answer = await base.send(request, limits);
        const isRole = request.method === 'GET' && /\/roles\/[^/]+$/.test(request.path);
        return isRole ? { ...answer, text: '{}', ...parseJson('{}') } : answer;
      };
      return { target: { ...base, send }, end: async () => undefined };
    },
  };
  const report = await verifyIn(faulty, options);
  if (typeof report === 'string') throw new Error(report);
  expect(alarmsOf(report)).toEqual(
    expect.arrayContaining([expect.stringMatching(/ at roles\.get$/), 'verdict violates']),
  );
});
