import type { Contract } from '../../contract/contract.js';
import type { Depth } from '../check.js';
import { checks } from '../checks/table.js';
import { createPlan } from '../engine/plan.js';
import { run } from '../engine/run.js';
import { Collector } from '../report/collector.js';
import { createReport } from '../report/create-report.js';
import type { Report, ReportedFinding } from '../report/report.js';
import { httpTarget } from '../target/http.js';
import { Redactor } from '../target/redact.js';
import type { Target } from '../target/target.js';
import type { IndependentServer } from './independent-server/server.js';

export interface VerifyTargetOptions {
  readonly only: readonly string[];
  readonly skip?: readonly string[];
  readonly seed?: number;
  readonly depth?: Depth;
  readonly timeoutMs?: number;
}

/** A complete run, as from the command line, with its report. */
export async function verifyTarget(contract: Contract, target: Target, options: VerifyTargetOptions): Promise<Report> {
  const { only, skip = [], seed = 1, depth = 'standard', timeoutMs = 60_000 } = options;
  const plan = createPlan(contract, checks, { depth, only, skip });
  const redactor = new Redactor();
  const collector = new Collector();
  try {
    for await (const event of run(plan, target, { seed, budget: { timeoutMs }, redactor })) collector.take(event);
  } finally {
    await target.close();
  }
  return createReport(collector, { tool: { name: 'test', version: '0' }, target, redactor, replay: { seed, depth } });
}

/** The hand-written server as a target, optionally through a proxy at another URL. */
export function independentTarget(server: IndependentServer, url: string = server.url): Target {
  const { audience, clientId, clientSecret } = server;
  const target = httpTarget({
    url: new URL(url),
    audience,
    credentials: { client: { id: clientId, secret: clientSecret } },
  });
  // It can sign tokens with wrong claims with its own key.
  return { ...target, sign: (claims) => server.sign(claims) };
}

/** The failing findings, one line each: `check: cause`. */
export function failures({ findings }: Report): readonly string[] {
  return findings
    .filter(({ severity }) => severity === 'failed')
    .map(({ check, cause }: ReportedFinding) => `${check}: ${cause}`);
}
