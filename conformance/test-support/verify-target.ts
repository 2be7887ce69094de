import type { Contract } from '../../contract/contract.js';
import type { Depth } from '../check.js';
import { checks } from '../checks/table.js';
import { createPlan } from '../engine/plan/plan.js';
import { run } from '../engine/run.js';
import type { SuppliedFixtures } from '../fixtures/supplied.js';
import type { Journal } from '../journal/journal.js';
import { Redactor } from '../redaction/redact.js';
import { Collector } from '../report/collector.js';
import { createReport } from '../report/create-report.js';
import type { Report, ReportedFinding } from '../report/report.js';
import type { Clock } from '../target/clock.js';
import type { Target } from '../target/target.js';

export interface VerifyTargetOptions {
  readonly only: readonly string[];
  readonly skip?: readonly string[];
  readonly seed?: number;
  readonly depth?: Depth;
  readonly timeoutMs?: number;
  readonly maxRequests?: number;
  readonly clock?: Clock;
  readonly allowMissing?: boolean;
  readonly readOnly?: boolean;
  readonly fixtures?: SuppliedFixtures;
  readonly journal?: Journal;
}

/** A complete run, as from the command line, with its report. */
export async function verifyTarget(contract: Contract, target: Target, options: VerifyTargetOptions): Promise<Report> {
  const { only, skip = [], seed = 1, depth = 'standard', timeoutMs = 60_000, clock, fixtures, journal } = options;
  const { allowMissing = false, readOnly = false, maxRequests } = options;
  const plan = createPlan(contract, checks, { depth, only, skip });
  const redactor = new Redactor();
  const collector = new Collector();
  try {
    const given = { ...(clock && { clock }), ...(fixtures && { fixtures }), ...(journal && { journal }) };
    const runOptions = {
      seed,
      budget: { timeoutMs, ...(maxRequests && { maxRequests }) },
      redactor,
      allowMissing,
      readOnly,
      skip,
      ...given,
    };
    for await (const event of run(plan, target, runOptions)) collector.take(event);
  } finally {
    await target.close();
  }
  const tool = { name: 'test', version: '0' };
  return createReport(collector, { tool, target, redactor, replay: { seed, depth }, allowMissing });
}

/** The failing findings, one line each: `check: cause`. */
export function failures({ findings }: Report): readonly string[] {
  return findings
    .filter(({ severity }) => severity === 'failed')
    .map(({ check, cause }: ReportedFinding) => `${check}: ${cause}`);
}

/** What counts against the target, one line each: `severity check: cause at operations`. */
export function judged({ findings }: Report): readonly string[] {
  return findings
    .filter(({ severity }) => severity !== 'observed')
    .map(({ check, cause, operations, severity }) => `${severity} ${check}: ${cause} at ${operations.join()}`);
}

/** The checks that passed: `operationId checkId`. */
export function passed({ checks }: Report): readonly string[] {
  return checks.filter(({ outcome }) => outcome === 'passed').map(({ operation, id }) => `${operation} ${id}`);
}
