import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { closestMatch } from 'leven';
import { asksForTokens } from '../contract/asks-for-tokens.js';
import type { Contract } from '../contract/contract.js';
import { withDerivedState } from '../contract/derive/derived-state.js';
import { selectedContract } from '../contract/load/default.js';
import { packageRoot } from '../contract/load/package-root.js';
import type { Check } from './check.js';
import type { ConfiguredSkip } from './config-file.js';
import type { RunEvent } from './engine/event.js';
import { type Assignment, createPlan, nameOf, type Plan, planNames, readingPlan } from './engine/plan/plan.js';
import type { Rehearsal } from './engine/plan/rehearse.js';
import { run } from './engine/run.js';
import type { RunOptions } from './engine/run-options.js';
import { newMark } from './engine/run-parts.js';
import { RunError } from './errors.js';
import { readFixtures, type SuppliedFixtures } from './fixtures/supplied.js';
import type { JournalHeader } from './journal/entry.js';
import type { Journal } from './journal/journal.js';
import { Redactor } from './redaction/redact.js';
import { type Baseline, readBaseline, today } from './report/baseline.js';
import { Collector } from './report/collector.js';
import type { ReplayOptions } from './report/replay-line.js';
import type { Report } from './report/report.js';
import { contractFor } from './target/contract-for.js';
import { maskOf } from './target/given-headers.js';
import { isLoopbackUrl } from './target/loopback-url.js';
import { assertOwned } from './target/ownership.js';
import type { Target } from './target/target.js';
import { rootOf } from './target/target-url.js';
import { readTokens } from './target/tokens/read-tokens.js';
import { checkWithContract, type ResolvedOptions, resolveOptions, type VerifyOptions } from './verify-options.js';

export type { Finding } from './finding/finding.js';
export type { ReportedCheck, ReportedFinding, Verdict } from './report/report.js';
export type { Report, RunEvent, VerifyOptions };

/**
 * The events of a verification: those of the run, then `reported` with the report. Exchanges and findings in run events
 * hold secrets as sent and received; the report holds none.
 */
export type VerifyEvent = RunEvent | { readonly kind: 'reported'; readonly report: Report };

/** What stops a run. */
export interface VerifySignals {
  /** Stops the checks. Created resources are still removed. */
  readonly signal?: AbortSignal;
  /** Stops the cleanup too; the report lists what is left. */
  readonly cleanupSignal?: AbortSignal;
}

/**
 * Verifies a server against the contract: `rolecall verify` as a function. Without a target it verifies an embedded
 * tenant. The last event is `reported`. Leaving the loop early stops the run and removes what it created.
 *
 * ```ts
 * for await (const event of verify({ target: 'http://127.0.0.1:4000', only: ['users.*'] })) {
 *   if (event.kind === 'found') console.log(event.finding.cause);
 *   if (event.kind === 'reported') process.exitCode = event.report.verdict === 'conforms' ? 0 : 1;
 * }
 * ```
 *
 * @throws RunError on invalid options, and where the run cannot begin (`code` says why)
 * @throws ContractError where the contract cannot be read
 */
export async function* verify(
  options: VerifyOptions = {},
  signals: VerifySignals = {},
): AsyncGenerator<VerifyEvent, void, void> {
  const resolved = resolveOptions(options, process.env, () => randomInt(2 ** 31 - 1));
  const { baseline: file } = resolved;
  const baseline = file === undefined ? {} : { baseline: await readBaseline(file, today()) };
  const prepared = { ...(await prepareVerify(resolved)), ...baseline };
  yield* runPrepared(resolved, prepared, { ...signals, redactor: new Redactor() });
}

/** A contract, and the plan for it. */
export interface Prepared extends Assignment {
  readonly fixtures?: SuppliedFixtures;
  readonly baseline?: Baseline;
  readonly leftOut?: readonly ConfiguredSkip[];
}

/** Reads the contract; sends nothing. @throws RunError, ContractError, SettingError */
export async function prepareVerify(options: ResolvedOptions): Promise<Prepared> {
  const loaded = contractFor(await selectedContract(options), options);
  const contract = options.stateless ? loaded : withDerivedState(loaded).contract;
  checkWithContract(options, contract);
  let planned: Promise<Plan> | undefined;
  const plan = () => (planned ??= planOf(contract, options));
  // Options that choose none are wrong, whatever the target answers.
  if (options.only.length > 0 || options.skip.length > 0 || options.path !== undefined) await plan();
  const fixtures = options.fixtures === undefined ? {} : { fixtures: await readFixtures(options.fixtures, contract) };
  return { contract, depth: options.depth, plan, ...fixtures };
}

/** The plan of the options; with --read-only, of operations that read. @throws RunError if it is empty */
async function planOf(contract: Contract, options: ResolvedOptions): Promise<Plan> {
  const { checks } = await import('./checks/table.js');
  const whole = createPlan(contract, checks, options);
  const plan = options.readOnly ? readingPlan(whole) : whole;
  assertPlanNotEmpty(options, contract, checks, plan);
  assertReplaysOneCheck(options, plan);
  return plan;
}

/**
 * Every request of a plan, found out on an embedded tenant; sends nothing else.
 * @param watch - receives what happens there, to show progress
 */
export async function rehearsed(
  options: ResolvedOptions,
  { contract, plan: planned, fixtures }: Prepared,
  watch: (event: RunEvent) => void,
): Promise<Rehearsal> {
  const plan = await planned();
  const { url, seed, readOnly, skip, stateless } = options;
  const { rehearse } = await import('./engine/plan/rehearse.js');
  const { embeddedTarget } = await import('./target/embedded.js');
  const embedded = await embeddedTarget(contract, { seed, stateless });
  const supplied = fixtures === undefined ? {} : { fixtures };
  const runOptions = { seed, budget: {}, readOnly, skip, ...supplied, ...ratesOf(options) };
  if (url === undefined) return rehearse(plan, embedded, runOptions, watch);
  // A server creates only what its operations create.
  const { provision: _provision, ...bare } = embedded;
  const { httpTarget } = await import('./target/http.js');
  const { metered, workers } = httpTarget({ url, audience: embedded.audience, credentials: {} });
  return rehearse(plan, { ...bare, metered, workers }, runOptions, watch);
}

/** Runs a plan and reports. @param io - `redactor` learns the secrets of the run. @throws RunError */
export async function* runPrepared(
  options: ResolvedOptions,
  { contract, depth, plan, fixtures, baseline, leftOut }: Prepared,
  io: VerifySignals & { readonly redactor: Redactor },
): AsyncGenerator<VerifyEvent, void, void> {
  const { seed, maxRequests, timeoutMs, path, allowMissing } = options;
  const mark = newMark();
  const journal = await journalFor(options, contract, mark);
  const target = await openTarget(options, contract);
  const collector = new Collector();
  try {
    const budget = { maxRequests, timeoutMs };
    if (options.verbose) yield* derivedNotes(contract);
    yield* credentialNotes(options, contract);
    if (journal !== undefined) yield { kind: 'noted', text: `Journal: ${journal.path}` };
    const supplied = fixtures === undefined ? {} : { fixtures };
    for await (const event of run({ contract, depth, plan }, target, {
      ...io,
      seed,
      budget,
      allowMissing,
      ...supplied,
      mark,
      ...ratesOf(options),
      readOnly: options.readOnly,
      skip: options.skip,
      ...(journal === undefined ? {} : { journal, keepJournal: options.journal !== undefined }),
      ...(path === undefined ? {} : { path }),
    })) {
      // Loaded after the first answers, which it would delay, and before a long run, during which it may be replaced.
      if (event.kind === 'planned') await import('./report/create-report.js');
      collector.take(event);
      yield event;
    }
  } finally {
    await target.close();
  }
  const replay = replayOptions(options, target);
  const { createReport } = await import('./report/create-report.js');
  const report = createReport(collector, {
    tool: await toolVersion(),
    target,
    redactor: io.redactor,
    replay,
    allowMissing,
    ...(baseline === undefined ? {} : { baseline }),
    ...(leftOut === undefined ? {} : { leftOut }),
  });
  // The embedded tenant is gone: nobody has to remove anything.
  const { changed: _changed, ...rest } = report;
  yield { kind: 'reported', report: options.url === undefined ? { ...rest, leftovers: [] } : report };
}

/** What becomes of a token where the document requires none, and how to change that. */
function* credentialNotes({ url, credentials }: ResolvedOptions, contract: Contract): Generator<VerifyEvent> {
  if (url === undefined || credentials.token === undefined || asksForTokens(contract)) return;
  const [scheme] = contract.operations.find((operation) => operation.offered !== undefined)?.offered ?? [];
  const isSent = scheme !== undefined;
  const sent = isSent ? `sent as "${scheme.scheme}" says` : 'not sent';
  yield { kind: 'noted', text: `The document requires no token; yours is ${sent}.` };
  yield {
    kind: 'noted',
    text: `Add "security" with an --overlay to ${isSent ? 'check that the target requires it' : 'send it'}.`,
  };
}

/** What state was derived, one note for each resource and each relation. */
function* derivedNotes(contract: Contract): Generator<VerifyEvent> {
  const { resources, relations } = withDerivedState(contract);
  for (const { name, path, operations } of [...resources, ...relations]) {
    const kinds = operations.map(({ kind, operation }) => `${kind} ${operation.id}`).join(', ');
    yield { kind: 'noted', text: `State derived from ${path}: ${name} (${kinds})` };
  }
}

/** How a run keeps the rate limits: at a target on this machine only if the user asks for it. */
function ratesOf({ rate, plan, provokeRateLimit }: ResolvedOptions): Pick<RunOptions, 'rates' | 'provokeRateLimit'> {
  const given = {
    ...(rate === undefined ? {} : { perSecond: rate }),
    ...(plan === undefined ? {} : { plan }),
  };
  return {
    ...(Object.keys(given).length === 0 ? {} : { rates: given }),
    ...(provokeRateLimit === undefined ? {} : { provokeRateLimit }),
  };
}

/**
 * The journal of a run: always for a target that is not on this machine, whose owner the user must be.
 * @throws RunError where they did not say so, or an earlier run left something
 */
async function journalFor(options: ResolvedOptions, contract: Contract, mark: string): Promise<Journal | undefined> {
  const { url, journal: file, stateFolder, iOwnThisTenant: claimed, production, spec } = options;
  if (url === undefined || options.readOnly) return undefined;
  await assertOwned({ url, production, stateFolder, command: 'verify', ...(claimed === undefined ? {} : { claimed }) });
  if (isLoopbackUrl(url) && file === undefined) return undefined;
  const { openJournal } = await import('./journal/open-journal.js');
  const { thisProcess } = await import('./journal/this-process.js');
  const header: JournalHeader = {
    kind: 'run',
    version: 1,
    target: rootOf(url),
    audience: audienceOf(options, contract),
    mark,
    startedAt: new Date().toISOString(),
    process: thisProcess(),
    ...(spec === undefined ? {} : { spec: resolve(spec) }),
  };
  return openJournal(header, { stateFolder, ...(file === undefined ? {} : { file }) });
}

/** The report of a run that could not begin, because of an error: inconclusive, without a check. */
export async function reportUnbegun(
  options: ResolvedOptions,
  { plan }: Prepared,
  { error, requests, redactor }: { readonly error: RunError; readonly requests: number; readonly redactor: Redactor },
): Promise<Report> {
  const collector = new Collector();
  collector.take({ kind: 'planned', plan: await plan() });
  const nothing = { durationMs: 0, coverage: [], facts: new Map(), absent: [], leftovers: [] };
  collector.take({ kind: 'ended', end: { ...nothing, requests, stopped: error.message } });
  const name = options.url?.href.replace(/\/$/, '') ?? 'embedded tenant';
  const target = { name, url: name };
  const { createReport } = await import('./report/create-report.js');
  return createReport(collector, {
    tool: await toolVersion(),
    target,
    redactor,
    replay: replayOptions(options, target),
  });
}

/** The options that a replay line repeats. */
export function replayOptions(
  {
    url,
    spec,
    overlay,
    allowRef,
    setPath,
    fixtures,
    tokens,
    audience,
    headers,
    stateless,
    seed,
    depth,
  }: ResolvedOptions,
  target: Pick<Target, 'url'> | undefined,
): ReplayOptions {
  // Secrets come from the environment.
  const shown = Object.entries(headers).flatMap(([name, value]) =>
    maskOf(name) === undefined ? [`${name}: ${value}`] : [],
  );
  return {
    seed,
    depth,
    ...(url === undefined || target === undefined ? {} : { url: target.url }),
    ...(spec === undefined ? {} : { spec }),
    overlay,
    allowRef,
    setPath,
    ...(fixtures === undefined ? {} : { fixtures }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(audience === undefined ? {} : { audience }),
    ...(shown.length === 0 ? {} : { header: shown }),
    ...(stateless ? { stateless } : {}),
  };
}

/** Name and version of this package, as reports show them. */
export async function toolVersion(): Promise<Report['tool']> {
  const manifest: unknown = JSON.parse(await readFile(join(packageRoot(), 'package.json'), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
  return { name: 'rolecall', version };
}

/** The server at the URL of the options, or a new embedded tenant. */
export async function openTarget(options: ResolvedOptions, contract: Contract): Promise<Target> {
  const { url, credentials, headers, seed, stateless } = options;
  if (url === undefined) {
    const { embeddedTarget } = await import('./target/embedded.js');
    return embeddedTarget(contract, { seed, stateless });
  }
  const { httpTarget } = await import('./target/http.js');
  const scoped = options.tokens === undefined ? {} : { scoped: await readTokens(options.tokens) };
  const audience = audienceOf(options, contract);
  return httpTarget({ url, audience, credentials: { ...credentials, ...scoped }, headers });
}

/** The audience of the options, or the target's own. */
export function audienceOf(
  { url, audience }: Pick<ResolvedOptions, 'url' | 'audience'>,
  { serverPath }: Contract,
): string {
  return audience ?? `${url === undefined ? 'https://YOUR_TENANT' : rootOf(url)}${serverPath}/`;
}

function assertPlanNotEmpty(
  { only, skip, depth }: ResolvedOptions,
  contract: Contract,
  checks: readonly Check[],
  plan: Plan,
): void {
  if (plan.operations.length > 0) return;
  const names = planNames(contract, checks, depth);
  if (names.length === 0) {
    const message = `no check applies to any operation of the contract at depth ${depth}; expected a documented success, a parameter, a body or security.`;
    throw new RunError('NOTHING_PLANNED', message);
  }
  const [glob] = only;
  const closest = glob === undefined ? undefined : closestName(glob, names);
  const hint = closest === undefined ? '' : `, such as "${closest}"`;
  const selection = [...only.map((one) => `--only ${one}`), ...skip.map((one) => `--skip ${one}`)].join(' ');
  throw new RunError(
    'NOTHING_PLANNED',
    `"${selection}" matches none of the ${names.length} checks at depth ${depth}; expected operationId/checkId${hint} (--dry-run lists all checks).`,
  );
}

function assertReplaysOneCheck({ path, shard }: ResolvedOptions, { checks }: Plan): void {
  if (path === undefined || (checks.length === 1 && shard === undefined)) return;
  const [first] = checks;
  const example = first === undefined ? '' : `, such as --only ${nameOf(first)}`;
  throw new RunError(
    'BAD_OPTION',
    `--path "${path}" replays one check, but ${checks.length} are planned; select one with --only${example}.`,
  );
}

/** The name most similar to a glob: one that contains its text, otherwise the one with the smallest edit distance. */
function closestName(glob: string, names: readonly string[]): string | undefined {
  const text = glob
    .replaceAll('*', '')
    .replace(/^\/|\/$/g, '')
    .toLowerCase();
  if (text === '') return names[0];
  const containing = names.find((name) => name.toLowerCase().includes(text));
  if (containing !== undefined) return containing;
  const part = closestMatch(text, [...new Set(names.flatMap((name) => [name, ...name.split('/')]))]);
  return names.find((name) => name === part || name.split('/').includes(part ?? ''));
}
