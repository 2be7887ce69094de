import type { EffectKind } from '../contract/contract.js';
import type { ReplayContract } from './recorded/replay-contract.js';
import { effectOf, isSuccess, type Step, writes } from './recorded/step.js';
import type { ReplayRun } from './replay-run.js';

/** Starts a trial run of the recording, with its listings read in this order. */
export type StartTrial = (order: readonly Step[]) => Promise<ReplayRun>;

/** How many trial runs may search the order of one second. Each takes a few milliseconds in an embedded tenant. */
const MAX_ATTEMPTS = 100;

/**
 * How many exchanges all trial runs of a recording may send together. Each trial begins with the first exchange, so that a
 * long recording in which little matches would take hours. What is left then keeps its recorded order.
 */
const MOST_PLAYED = 30_000;

/** The likely order of requests within one time slot. */
const RANK: Readonly<Record<EffectKind, number>> = {
  create: 0,
  add: 1,
  list: 2,
  read: 2,
  hook: 2,
  update: 3,
  remove: 4,
  delete: 5,
};

/**
 * Finds an order of exchanges that is consistent with their answers, for recordings that contain only the second of each
 * request. Runs candidates in an embedded tenant: reads as early as they match, since they change nothing, writes by
 * backtracking. If no order of a second matches entirely, the one that matches longest.
 */
export async function agreeingOrder(
  known: ReplayContract,
  steps: readonly Step[],
  startTrial: StartTrial,
): Promise<readonly Step[]> {
  return new OrderSearch(startTrial).find(timeSlots(known, steps));
}

/** The exchanges of one second. */
interface TimeSlot {
  readonly steps: readonly Step[];
  /** Exchanges without a time, which may also belong to the next slot. */
  readonly floating: ReadonlySet<Step>;
}

/** The exchanges by second, from the date or the rate limit reset of the answers; one slot if there is neither. */
function timeSlots(known: ReplayContract, steps: readonly Step[]): readonly TimeSlot[] {
  const found: { second: number | undefined; steps: Step[]; floating: Set<Step> }[] = [];
  for (const step of steps) {
    const second = secondOf(known, step);
    const current = found.at(-1);
    if (current !== undefined && (second === undefined || current.second === undefined || second === current.second)) {
      current.steps.push(step);
      if (second === undefined) current.floating.add(step);
      current.second ??= second;
    } else found.push({ second, steps: [step], floating: new Set(second === undefined ? [step] : []) });
  }
  return found;
}

function secondOf({ contract }: ReplayContract, { exchange }: Step): number | undefined {
  const { headers } = exchange.response;
  const date = Date.parse(headers?.date ?? '');
  if (!Number.isNaN(date)) return Math.floor(date / 1000);
  if (exchange.startedAt !== undefined) return exchange.startedAt / 1000;
  const reset = contract.rateLimit === undefined ? undefined : headers?.[contract.rateLimit.headers.reset];
  return reset === undefined || reset === '' ? undefined : Number(reset);
}

class OrderSearch {
  readonly #startTrial: StartTrial;
  #attempts = 0;
  #played = 0;

  constructor(startTrial: StartTrial) {
    this.#startTrial = startTrial;
  }

  async find(found: readonly TimeSlot[]): Promise<readonly Step[]> {
    let order: readonly Step[] = [];
    let carried: readonly Step[] = [];
    for (const [at, slot] of found.entries()) {
      const pending = [...carried, ...slot.steps];
      const isLast = at + 1 === found.length;
      const floating = (step: Step) => !isLast && slot.floating.has(step);
      const settled = await this.#settle(order, pending, floating, this.#attempts + MAX_ATTEMPTS);
      const left = pending.filter((step) => !settled.includes(step));
      carried = left.filter(floating);
      order = [
        ...order,
        ...withUnmatched(
          settled.slice(order.length),
          left.filter((step) => !floating(step)),
        ),
      ];
    }
    return order;
  }

  /**
   * The longest order of these steps after the given prefix in which each is answered as recorded.
   * @param floating - whether a step may be left out
   */
  async #settle(
    prefix: readonly Step[],
    pending: readonly Step[],
    floating: (step: Step) => boolean,
    most: number,
  ): Promise<readonly Step[]> {
    let best = prefix;
    const isWhole = (order: readonly Step[]) => pending.every((step) => floating(step) || order.includes(step));
    const extend = async (order: readonly Step[]): Promise<boolean> => {
      if (order.length > best.length) best = order;
      if (isWhole(order)) return true;
      for (const write of byLikelihood(pending.filter((step) => writes(step) && !order.includes(step)))) {
        if (this.#attempts >= most || this.#isUsedUp) return false;
        const longer = await this.#attempt(order, pending, write);
        if (longer !== undefined && (await extend(longer))) return true;
      }
      return false;
    };
    if (this.#isUsedUp) return [...prefix, ...pending];
    const reads = await this.#attempt(prefix, pending, undefined);
    await extend(reads ?? prefix);
    return best;
  }

  get #isUsedUp(): boolean {
    return this.#played >= MOST_PLAYED;
  }

  /**
   * Extends a prefix by a write and by all reads that match after it.
   * @returns undefined if the write does not match
   */
  async #attempt(
    prefix: readonly Step[],
    pending: readonly Step[],
    write: Step | undefined,
  ): Promise<readonly Step[] | undefined> {
    this.#attempts += 1;
    const rest = pending.filter((step) => !prefix.includes(step));
    const session = await this.#startTrial([...prefix, ...rest]);
    this.#played += prefix.length + rest.length;
    for (const step of prefix) await session.play(step);
    const order = [...prefix];
    if (write !== undefined) {
      if (!(await matches(session, write))) return undefined;
      order.push(write);
    }
    for (const read of rest.filter((step) => !writes(step))) if (await matches(session, read)) order.push(read);
    return order;
  }
}

/** Inserts steps that match nowhere by their rank, so that the report contains only their own differences. */
function withUnmatched(order: readonly Step[], unmatched: readonly Step[]): readonly Step[] {
  const steps = [...order];
  for (const next of byLikelihood(unmatched)) {
    const at = steps.findIndex((step) => writes(step) && rank(step) > rank(next));
    steps.splice(at === -1 ? steps.length : at, 0, next);
  }
  return steps;
}

async function matches(session: ReplayRun, step: Step): Promise<boolean> {
  const settled = await session.play(step);
  return settled.get(step)?.kind !== 'mismatched';
}

/** By rank, then in the order of the recording. */
function byLikelihood(steps: readonly Step[]): readonly Step[] {
  return [...steps].sort((left, right) => rank(left) - rank(right) || left.exchange.index - right.exchange.index);
}

function rank(step: Step): number {
  const kind = effectOf(step)?.kind;
  // A refused request changed nothing and can be anywhere.
  return kind === undefined || !isSuccess(step) ? 2.5 : RANK[kind];
}
