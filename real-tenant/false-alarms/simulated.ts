import { randomFrom } from '../../conformance/engine/seed.js';
import { embeddedTarget } from '../../conformance/target/embedded.js';
import { type Target, TargetFailure } from '../../conformance/target/target.js';
import { LateMembers } from '../late-members.js';
import { SimulatedClock } from '../simulated-clock.js';
import type { Circumstance } from './circumstance.js';
import { type OtherClient, otherClient } from './other-client.js';

export interface SimulatedOptions {
  /** Between a request and its response. */
  readonly latencyMs?: number;
  /** The share of connections that break, half of them after the tenant processed the request. */
  readonly resets?: number;
  /** Listings of members show changes up to two seconds late. */
  readonly lateMembers?: boolean;
  /** Another client creates and deletes. */
  readonly others?: boolean;
}

/** 2026-11-28 10:00 UTC. */
const STARTED_AT = Date.UTC(2026, 10, 28, 10);
/** As many requests as verify sends side by side to a server on the same machine. */
const WORKERS = 4;
/** Another client changes something after so many requests of the run. */
const OTHERS_EVERY = 5;

/** A tenant in this process, in simulated time: what takes seconds there takes none here. */
export function simulated(name: string, title: string, options: SimulatedOptions): Circumstance {
  return {
    name,
    title,
    async begin(contract, seed) {
      const clock = new SimulatedClock(STARTED_AT);
      const base = await embeddedTarget(contract, { clock: clock.now, seed });
      const random = randomFrom(seed);
      const late = options.lateMembers === true ? new LateMembers(clock, random) : undefined;
      const other = options.others === true ? await otherClient(base, contract) : undefined;
      const send = disturbedSend(base, { clock, random, late, other, options });
      return { target: { ...base, workers: WORKERS, send }, clock, end: async () => undefined };
    },
  };
}

interface Disturbance {
  readonly clock: SimulatedClock;
  readonly random: () => number;
  readonly late: LateMembers | undefined;
  readonly other: OtherClient | undefined;
  readonly options: SimulatedOptions;
}

function disturbedSend(
  base: Target,
  { clock, random, late, other, options: { latencyMs = 20, resets = 0 } }: Disturbance,
): Target['send'] {
  let requests = 0;
  return async (request, limits) => {
    requests += 1;
    if (requests % OTHERS_EVERY === 0) await clock.during(async () => other?.work());
    const isReset = random() < resets;
    const isProcessed = !isReset || random() < 0.5;
    await clock.sleep(latencyMs / 2, limits.signal);
    const answer = isProcessed ? await clock.during(() => base.send(request, limits)) : undefined;
    await clock.sleep(latencyMs / 2, limits.signal);
    if (answer === undefined || isReset)
      throw new TargetFailure('reset', `${request.method} ${request.path}: socket hang up`);
    return late === undefined ? answer : late.apply(request, answer);
  };
}
