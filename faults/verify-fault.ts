import { checks } from '../conformance/checks/table.js';
import { createPlan } from '../conformance/engine/plan/plan.js';
import { run } from '../conformance/engine/run.js';
import type { Family } from '../conformance/finding/finding.js';
import { FINDING_CODES } from '../conformance/finding/finding-codes.js';
import { Redactor } from '../conformance/redaction/redact.js';
import { Collector } from '../conformance/report/collector.js';
import { createReport } from '../conformance/report/create-report.js';
import type { Report, ReportedFinding } from '../conformance/report/report.js';
import type { Clock } from '../conformance/target/clock.js';
import { embeddedTarget } from '../conformance/target/embedded.js';
import type { Target } from '../conformance/target/target.js';
import type { Contract } from '../contract/contract.js';
import { gatewayFaults } from './catalogue.js';
import type { Fault } from './fault.js';
import { faultyTarget } from './gateway.js';
import { faults as serverTitles } from './server/faults.js';
import { independentTarget } from './server/target.js';
import { createIndependentTenant } from './server/tenant.js';

export interface RunOptions {
  readonly seed: number;
  /** Default: of the system. */
  readonly clock?: Clock;
}

/** How verify does against one fault. */
export interface Detection {
  readonly found: boolean;
  /** The first finding names the operation and a family that is to blame. */
  readonly blamed: boolean;
  /** The first finding, or nothing: `check: cause at operations`. */
  readonly shown: string;
  readonly requests: number;
  readonly seconds: number;
}

/** A target with the fault planted. */
export async function targetWith(fault: Fault, contract: Contract): Promise<Target> {
  const planted = gatewayFaults.get(fault.name);
  if (planted !== undefined) return faultyTarget(await embeddedTarget(contract), planted.breaks);
  const name = fault.name.replace(/^server-/, '');
  const known = Object.keys(serverTitles).find((title): title is keyof typeof serverTitles => title === name);
  if (known === undefined) throw new RangeError(`There is no fault "${fault.name}".`);
  return independentTarget(await createIndependentTenant({ fault: known }));
}

/** Verifies the operation of a fault at a target with the fault. */
export async function detect(fault: Fault, contract: Contract, options: RunOptions): Promise<Detection> {
  const report = await verifyOperation(await targetWith(fault, contract), contract, {
    operation: fault.operation,
    ...options,
  });
  const counted = report.findings.filter(({ severity }) => severity !== 'observed');
  const [first] = counted;
  return {
    found: first !== undefined,
    blamed: first !== undefined && blames(first, fault),
    shown: first === undefined ? '' : `${first.check}: ${first.cause} at ${first.operations.join(', ')}`,
    requests: report.summary.requests,
    seconds: report.summary.durationMs / 1000,
  };
}

function blames({ operations, family, code }: ReportedFinding, fault: Fault): boolean {
  // Whichever check sees it, a wrong answer is one.
  const families: readonly Family[] = Object.hasOwn(FINDING_CODES, code) ? [family, 'status-and-shape'] : [family];
  const right = [fault.family, ...(fault.also ?? [])];
  return operations.includes(fault.operation) && families.some((one) => right.includes(one));
}

/** A run at standard depth of all checks of one operation. */
export async function verifyOperation(
  target: Target,
  contract: Contract,
  { operation, seed, clock }: RunOptions & { readonly operation: string },
): Promise<Report> {
  const plan = createPlan(contract, checks, { depth: 'standard', only: [`${operation}/*`], skip: [] });
  const redactor = new Redactor();
  const collector = new Collector();
  try {
    for await (const event of run(plan, target, {
      seed,
      redactor,
      budget: { timeoutMs: 120_000 },
      ...(clock && { clock }),
    }))
      collector.take(event);
  } finally {
    await target.close();
  }
  const tool = { name: 'power', version: '1' };
  return createReport(collector, { tool, target, redactor, replay: { seed, depth: 'standard' } });
}
