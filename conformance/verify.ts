import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closestMatch } from 'leven';
import type { Contract } from '../contract/contract.js';
import { defaultContract } from '../contract/load/default.js';
import { packageRoot } from '../contract/load/package-root.js';
import type { Check } from './check.js';
import type { RunEvent } from './engine/event.js';
import { createPlan, nameOf, type Plan, planNames } from './engine/plan.js';
import { run } from './engine/run.js';
import { RunError } from './errors.js';
import { Collector } from './report/collector.js';
import { createReport } from './report/create-report.js';
import type { ReplayOptions } from './report/replay-line.js';
import type { Report } from './report/report.js';
import { Redactor } from './target/redact.js';
import type { Target } from './target/target.js';
import { checkWithContract, type VerifyOptions } from './verify-options.js';

/** What is planned, and on what contract. */
export interface Prepared {
  readonly contract: Contract;
  readonly plan: Plan;
}

/** Reads the contract and plans. Sends nothing. @throws RunError, ContractError */
export async function prepareVerify(options: VerifyOptions): Promise<Prepared> {
  const { checks } = await import('./checks/table.js');
  const contract = await contractOf(options.spec);
  checkWithContract(options, contract);
  const plan = createPlan(contract, checks, options);
  assertPlanNotEmpty(options, contract, checks, plan);
  return { contract, plan };
}

export interface VerifyIo {
  readonly signal: AbortSignal;
  readonly cleanupSignal: AbortSignal;
  readonly watch: (event: RunEvent) => void;
}

/** Runs what was planned and reports. @throws RunError where the run cannot begin */
export async function verify(options: VerifyOptions, { contract, plan }: Prepared, around: VerifyIo): Promise<Report> {
  const { seed, maxRequests, timeoutMs, path } = options;
  const redactor = new Redactor();
  const target = await targetOf(options, contract);
  const collector = new Collector();
  try {
    const events = run(plan, target, {
      seed,
      budget: { maxRequests, timeoutMs },
      redactor,
      signal: around.signal,
      cleanupSignal: around.cleanupSignal,
      ...(path === undefined ? {} : { path }),
    });
    for await (const event of events) {
      collector.take(event);
      around.watch(event);
    }
  } finally {
    await target.close();
  }
  return createReport(collector, {
    tool: await tool(),
    target,
    redactor,
    replay: replayOptions(options, target),
  });
}

/** What replay lines repeat of the options. */
export function replayOptions(
  { url, spec, audience, seed, depth }: VerifyOptions,
  target: Target | undefined,
): ReplayOptions {
  return {
    seed,
    depth,
    ...(url === undefined || target === undefined ? {} : { url: target.url }),
    ...(spec === undefined ? {} : { spec }),
    ...(audience === undefined ? {} : { audience }),
  };
}

export async function tool(): Promise<Report['tool']> {
  const manifest: unknown = JSON.parse(await readFile(join(packageRoot(), 'package.json'), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
  return { name: 'rolecall', version };
}

export async function contractOf(spec: string | undefined): Promise<Contract> {
  if (spec === undefined) return defaultContract();
  const { loadContract } = await import('../contract/load/load.js');
  return (await loadContract(spec)).contract;
}

/** The server that the options name, or a new embedded tenant. */
export async function targetOf(
  { url, audience, credentials, seed }: VerifyOptions,
  contract: Contract,
): Promise<Target> {
  if (url === undefined) {
    const { embeddedTarget } = await import('./target/embedded.js');
    return embeddedTarget(contract, { seed });
  }
  const { httpTarget } = await import('./target/http.js');
  const root = url.href.replace(/\/+$/, '');
  return httpTarget({ url, audience: audience ?? `${root}${contract.serverPath}/`, credentials });
}

function assertPlanNotEmpty(
  { only, skip, shard, depth, path }: VerifyOptions,
  contract: Contract,
  checks: readonly Check[],
  plan: Plan,
): void {
  if (plan.operations.length === 0) {
    const names = planNames(contract, checks, depth);
    const [glob] = only;
    const close = glob === undefined ? undefined : closeTo(glob, names);
    const hint = close === undefined ? '' : `, such as "${close}"`;
    const asked = [...only.map((one) => `--only ${one}`), ...skip.map((one) => `--skip ${one}`)].join(' ');
    throw new RunError(
      'NOTHING_PLANNED',
      `"${asked}" leaves none of ${names.length} checks of depth ${depth}; expected operationId/checkId${hint} (--dry-run lists them all).`,
    );
  }
  if (path !== undefined && (plan.checks.length !== 1 || shard !== undefined)) {
    const [first] = plan.checks;
    const example = first === undefined ? '' : `, such as --only ${nameOf(first)}`;
    throw new RunError(
      'BAD_OPTION',
      `"--path ${path}" replays one check, and ${plan.checks.length} are planned; name one by --only${example}.`,
    );
  }
}

/** A name that whoever wrote the glob may have meant: one that holds its text, else the one that differs least. */
function closeTo(glob: string, names: readonly string[]): string | undefined {
  const text = glob
    .replaceAll('*', '')
    .replace(/^\/|\/$/g, '')
    .toLowerCase();
  if (text === '') return names[0];
  const whole = names.find((name) => name.toLowerCase().includes(text));
  if (whole !== undefined) return whole;
  const part = closestMatch(text, [...new Set(names.flatMap((name) => [name, ...name.split('/')]))]);
  return names.find((name) => name === part || name.split('/').includes(part ?? ''));
}
