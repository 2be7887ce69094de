import type { Depth } from '../conformance/check.js';
import { checks } from '../conformance/checks/table.js';
import type { RunEvent } from '../conformance/engine/event.js';
import { createPlan, type Plan, readingPlan } from '../conformance/engine/plan/plan.js';
import { run } from '../conformance/engine/run.js';
import { Redactor } from '../conformance/redaction/redact.js';
import { Collector } from '../conformance/report/collector.js';
import { createReport } from '../conformance/report/create-report.js';
import type { Report } from '../conformance/report/report.js';
import type { Clock } from '../conformance/target/clock.js';
import type { Target } from '../conformance/target/target.js';
import type { Contract, Operation, RatePlan } from '../contract/contract.js';
import type { SigningKey } from '../tenant/tenant.js';
import { OtherClients } from './other-clients.js';
import { Residents } from './residents.js';
import { SimulatedClock } from './simulated-clock.js';
import { SimulatedJournal } from './simulated-journal.js';
import { type Disturbances, SimulatedTenant } from './simulated-tenant.js';

export interface SimulationOptions {
  readonly contract: Contract;
  readonly key: SigningKey;
  readonly plan?: string;
  readonly depth: Depth;
  readonly only?: readonly string[];
  readonly seed: number;
  readonly disturbances?: Disturbances;
  /** How far the clock of verify is ahead, in milliseconds. */
  readonly clockAhead?: number;
  /** Whether two other clients use half of the budget. */
  readonly withOthers?: boolean;
  /** Whether residents live in the tenant. */
  readonly withResidents?: boolean;
  /** Stops the run after so many requests, as Ctrl-C does. */
  readonly stopAfter?: number;
  /** After so many requests the run sends nothing more, as if it were killed; then its journal is swept. */
  readonly killAfter?: number;
  /** Sends nothing but reads. */
  readonly readOnly?: boolean;
  /** How many characters of the journal the disk holds. */
  readonly room?: number;
  /** Called with each event. */
  readonly onEvent?: (event: RunEvent) => void;
}

/** What happened in a simulated run. */
export interface Simulated {
  readonly report: Report;
  /** Simulated milliseconds. */
  readonly elapsed: number;
  /** How many answers were 429. */
  readonly refused: number;
  /** How many 429s others got that they would not have got without the run. */
  readonly refusedToOthers: number;
  readonly requestsOfOthers: number;
  /** Residents that are not as they were, and what is left. */
  readonly differences: readonly string[];
  /** The least time in which the plan allows the requests that were sent, in milliseconds. */
  readonly leastTime: number;
  readonly plan: Plan;
  /** After `killAfter`: how many resources the sweep removed, and what it could not. */
  readonly swept: { readonly removed: number; readonly left: readonly string[] };
}

/** 2026-11-28 10:00 UTC. */
const STARTED_AT = Date.UTC(2026, 10, 28, 10);
/** Between two requests of the set-up: the slowest bucket has a token again. */
const SETUP_PAUSE_MS = 3000;
/** Every bucket is full again after so long. */
const REST_MS = 120_000;

/** A whole run of verify against a tenant as one reaches it over the internet, in simulated time. */
export async function simulate(options: SimulationOptions): Promise<Simulated> {
  const { contract, depth, only = [], seed, withResidents = false } = options;
  const clock = new SimulatedClock(STARTED_AT);
  const { simulated, residents, token } = await prepare(options, clock);
  const startedAt = clock.now();
  simulated.disturb();
  const ratePlan = contract.rateLimit?.plans.find(({ name }) => name === options.plan);
  const isShared = options.withOthers === true && ratePlan !== undefined;
  const others = isShared ? new OtherClients({ simulated, clock, ratePlan, token, seed }) : undefined;
  others?.begin();
  const whole = createPlan(contract, checks, { depth, only, skip: [] });
  const plan = options.readOnly === true ? readingPlan(whole) : whole;
  const target = simulated.target();
  const journal = new SimulatedJournal(target, options.room);
  const engineClock: Clock = { now: () => clock.now() + (options.clockAhead ?? 0), sleep: clock.sleep };
  const { collector, redactor, sent } = await watch(plan, { target, options, clock: engineClock, journal });
  const elapsed = clock.now() - startedAt;
  await others?.end();
  const tool = { name: 'test:real', version: '0' };
  const report = createReport(collector, { tool, target, redactor, replay: { seed, depth } });
  await clock.sleep(REST_MS);
  const swept = options.killAfter === undefined ? undefined : await journal.sweepTorn(contract, target, engineClock);
  return {
    report,
    swept: { removed: swept?.removed.length ?? 0, left: swept?.left ?? [] },
    elapsed,
    refused: simulated.counts.refused,
    refusedToOthers: others?.refusedByUs ?? 0,
    requestsOfOthers: others?.requests ?? 0,
    differences: withResidents ? await residents.differences() : [],
    leastTime: ratePlan === undefined ? 0 : leastTime(ratePlan, sent),
    plan,
  };
}

/** A tenant, with residents where they are asked for, after a rest. */
async function prepare(
  { contract, key, plan, seed, disturbances, withResidents }: SimulationOptions,
  clock: SimulatedClock,
) {
  const planned = { ...(plan !== undefined && { plan }), ...(disturbances !== undefined && { disturbances }) };
  const simulated = await SimulatedTenant.create({ contract, clock, seed, key, ...planned });
  const pause = plan === undefined ? 0 : SETUP_PAUSE_MS;
  const direct = async (request: Parameters<SimulatedTenant['handle']>[0]) => {
    if (pause > 0) await clock.sleep(pause);
    return simulated.handle(request);
  };
  const token = await simulated.tenant.token();
  const residents = new Residents(direct, token);
  if (withResidents === true) await residents.moveIn();
  await clock.sleep(REST_MS);
  return { simulated, residents, token };
}

interface Watched {
  readonly target: Target;
  readonly options: SimulationOptions;
  readonly clock: Clock;
  readonly journal: SimulatedJournal;
}

/** Runs a plan, and stops it where the options say so. @returns also the operations that were sent */
async function watch(plan: Plan, { target, options, clock, journal }: Watched) {
  const collector = new Collector();
  const redactor = new Redactor();
  const stop = new AbortController();
  const kill = new AbortController();
  const sent: (Operation | undefined)[] = [];
  for await (const event of run(plan, target, {
    seed: options.seed,
    budget: {},
    clock,
    redactor,
    journal: journal.journal,
    readOnly: options.readOnly ?? false,
    signal: stop.signal,
    cleanupSignal: kill.signal,
  })) {
    collector.take(event);
    options.onEvent?.(event);
    if (event.kind !== 'requested' && event.kind !== 'unanswered') continue;
    sent.push(event.exchange.request.operation);
    if (sent.length === options.killAfter) kill.abort();
    if (sent.length === options.stopAfter || sent.length === options.killAfter) stop.abort();
  }
  return { collector, redactor, sent };
}

/** The least time in which the buckets of a plan give so many tokens, in milliseconds. */
export function leastTime(plan: RatePlan, sent: readonly (Operation | undefined)[]): number {
  const counts = new Map<string, number>();
  for (const operation of sent) {
    const group = operation?.rateGroup;
    const key = group !== undefined && plan.groups.has(group) ? group : '';
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const times = [...counts].map(([key, count]) => {
    const { burst, perSecond } = plan.groups.get(key) ?? plan;
    return (Math.max(0, count - burst) / perSecond) * 1000;
  });
  return Math.max(0, ...times);
}
