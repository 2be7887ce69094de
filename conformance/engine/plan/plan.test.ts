import { beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../../../contract/contract.js';
import { defaultContract } from '../../../contract/load/default.js';
import { checks } from '../../checks/table.js';
import { createPlan, nameOf, type Plan, SMOKE_REQUESTS } from './plan.js';

describe('createPlan', () => {
  let contract: Contract;
  beforeAll(async () => {
    contract = await defaultContract();
  });

  const plan = (options: Partial<Parameters<typeof createPlan>[2]> = {}): Plan =>
    createPlan(contract, checks, { depth: 'standard', only: [], skip: [], ...options });

  it('plans checks of all eight families, and some of every operation', () => {
    const planned = plan();
    expect(new Set(planned.checks.map(({ check }) => check.family)).size).toBe(8);
    expect(planned.operations).toEqual(contract.operations);
  });

  it('names each check of an operation once', () => {
    const names = plan().checks.map(nameOf);
    expect(new Set(names).size).toBe(names.length);
  });

  it('keeps a smoke run within its requests an operation', () => {
    const { checks: planned, operations } = plan({ depth: 'smoke' });
    for (const operation of operations) {
      const requests = planned.filter((one) => one.operation === operation).reduce((sum, one) => sum + one.requests, 0);
      expect([operation.id, requests <= SMOKE_REQUESTS]).toEqual([operation.id, true]);
    }
  });

  it('sends more, the deeper it goes', () => {
    const requests = ({ checks: planned }: Plan) => planned.reduce((sum, one) => sum + one.requests, 0);
    const [smoke, standard, exhaustive] = (['smoke', 'standard', 'exhaustive'] as const).map((depth) =>
      requests(plan({ depth })),
    );
    expect(smoke).toBeLessThan(Number(standard) / 10);
    expect(exhaustive).toBeGreaterThan(Number(standard) * 3);
  });

  it('keeps what --only names and drops what --skip names', () => {
    const names = plan({ only: ['users.roles.*', 'roles.get'], skip: ['*/token-*'] }).checks.map(nameOf);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !/^(users\.roles\.|roles\.get\/)/.test(name) || name.includes('/token-'))).toEqual(
      [],
    );
  });

  it('divides the plan into parts of similar size that together contain each check once', () => {
    const whole = plan();
    const parts = [1, 2, 3].map((index) => plan({ shard: [index, 3] }));
    expect(parts.flatMap(({ checks: planned }) => planned.map(nameOf)).sort()).toEqual(whole.checks.map(nameOf).sort());
    const loads = parts.map(({ checks: planned }) => planned.reduce((sum, one) => sum + one.requests, 0));
    expect(Math.max(...loads) / Math.min(...loads)).toBeLessThan(1.1);
    expect(parts.map(({ operations }) => operations.length)).toEqual(
      [whole, whole, whole].map(({ operations }) => operations.length),
    );
  });
});
