import type { Depth } from '../../conformance/check.js';
import type { Plan } from '../../conformance/engine/plan/plan.js';
import { run } from '../../conformance/engine/run.js';
import { Redactor } from '../../conformance/redaction/redact.js';
import { Collector } from '../../conformance/report/collector.js';
import { createReport } from '../../conformance/report/create-report.js';
import type { Report } from '../../conformance/report/report.js';
import type { Contract } from '../../contract/contract.js';
import type { Circumstance } from './circumstance.js';

export interface VerifyInOptions {
  readonly contract: Contract;
  readonly plan: Plan;
  readonly seed: number;
  readonly depth: Depth;
}

/** Verifies in these circumstances. @returns a text where they cannot be had on this machine */
export async function verifyIn(
  circumstance: Circumstance,
  { contract, plan, seed, depth }: VerifyInOptions,
): Promise<Report | string> {
  const surroundings = await circumstance.begin(contract, seed);
  if (typeof surroundings === 'string') return surroundings;
  const { target, clock } = surroundings;
  const collector = new Collector();
  const redactor = new Redactor();
  try {
    const options = { seed, budget: {}, redactor, ...(clock === undefined ? {} : { clock }) };
    for await (const event of run(plan, target, options)) collector.take(event);
  } finally {
    await target.close();
    await surroundings.end();
  }
  const tool = { name: 'false-alarms', version: '0' };
  return createReport(collector, { tool, target, redactor, replay: { seed, depth } });
}

/** What verify wrongly reports of a conforming tenant. */
export function alarmsOf({ findings, verdict }: Report): readonly string[] {
  const counted = findings.filter(({ severity }) => severity !== 'observed');
  const found = counted.map(({ check, cause, operations }) => `${check}: ${cause} at ${operations.join(', ')}`);
  return verdict === 'violates' ? [...found, 'verdict violates'] : found;
}
