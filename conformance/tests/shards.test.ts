import { beforeAll, describe, expect, test } from 'vitest';
import type { Contract } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { checks } from '../checks/table.js';
import { createPlan } from '../engine/plan/plan.js';
import { run } from '../engine/run.js';
import { Redactor } from '../redaction/redact.js';
import { Collector } from '../report/collector.js';
import { createReport } from '../report/create-report.js';
import { mergeReports } from '../report/merge.js';
import type { Report } from '../report/report.js';
import { embeddedTarget } from '../target/embedded.js';
import type { Target } from '../target/target.js';
import { faultyTarget } from '../test-support/fault-proxy.js';

const SEED = 9;
const PARTS = 8;
const ONLY = ['users.roles.assign/*', 'users.roles.remove/*', 'roles.list/*'];

let contract: Contract;
beforeAll(async () => {
  contract = await defaultContract();
});

const TARGETS: Readonly<Record<string, () => Promise<Target>>> = {
  'a conforming target': () => embeddedTarget(contract, { seed: SEED }),
  'a target with a fault of many operations': async () =>
    faultyTarget(await embeddedTarget(contract, { seed: SEED }), {
      fault: 'success-as-200',
      fullToken: async () => '',
    }),
};

async function report(open: () => Promise<Target>, shard?: readonly [number, number]): Promise<Report> {
  const part = shard === undefined ? {} : { shard };
  const plan = createPlan(contract, checks, { depth: 'standard', only: ONLY, skip: [], ...part });
  const [target, redactor, collector] = [await open(), new Redactor(), new Collector()];
  try {
    for await (const event of run(plan, target, { seed: SEED, redactor, budget: {} })) collector.take(event);
  } finally {
    await target.close();
  }
  const tool = { name: 'rolecall', version: '1' };
  return createReport(collector, { tool, target, redactor, replay: { seed: SEED, depth: 'standard' } });
}

/**
 * A report without times, without numbers of requests (each part creates and removes its own fixtures), and without the
 * examples of findings: names and ids in them are of one run, and a cause that is known already is not shrunk again.
 */
function comparable({ summary, checks: results, findings, coverage, scopes = [], ...rest }: Report) {
  const { durationMs: _, requests: __, ...counts } = summary;
  return {
    ...rest,
    summary: counts,
    findings: findings.map(
      ({ actual: _, request: __, response: ___, curl: ____, replay: _____, ...finding }) => finding,
    ),
    scopes: [...new Set(scopes.map((attempt) => JSON.stringify(attempt)))],
    checks: results.map(
      ({ startMs: _start, durationMs: _duration, runs: _runs, requests: _requests, ...check }) => check,
    ),
    coverage: coverage.map(({ hits: _hits, ...entry }) => entry),
  };
}

describe.each(Object.keys(TARGETS))('%s', (name) => {
  test(`has the same report from ${PARTS} merged parts as from one run`, async () => {
    const open = TARGETS[name] ?? (() => embeddedTarget(contract));
    const whole = await report(open);
    const parts: Report[] = [];
    for (let part = 1; part <= PARTS; part += 1) parts.push(await report(open, [part, PARTS]));
    expect(comparable(mergeReports(parts, checks))).toEqual(comparable(whole));
  });
});
