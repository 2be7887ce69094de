import type { EffectKind } from '../contract/contract.js';
import type { ReplayContract } from './recorded/replay-contract.js';
import { effectOf, isSuccess, type Step, writes } from './recorded/step.js';
import type { Session } from './session.js';

/** Starts over: a session at the beginning of the recording, whose listings are walked in this order. */
export type Rehearse = (order: readonly Step[]) => Promise<Session>;

/** How often a recording is begun anew to find the order of one second. Each takes a few milliseconds in a tenant of our own. */
const MOST_ATTEMPTS = 100;

/** What is likely to have come first among requests of one moment. */
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
 * An order of exchanges that agrees with what they show, where the recording knows only in which second each was sent:
 * within a second any order may be the true one. Tried out in a tenant of our own: reads go as early as they fit, since
 * they change nothing, and writes are tried one after the other, taking back what leads nowhere. Where nothing agrees
 * whole, the order of that second that agrees longest.
 */
export async function agreeingOrder(
  known: ReplayContract,
  steps: readonly Step[],
  rehearse: Rehearse,
): Promise<readonly Step[]> {
  return new OrderSearch(rehearse).find(moments(known, steps));
}

/** A second, and what was sent in it. */
interface Moment {
  readonly steps: readonly Step[];
  /** Those of which the second is not certain either: they may belong to the next. */
  readonly loose: ReadonlySet<Step>;
}

/** The seconds of a recording, by the reset time or the date that its answers carry; all at once where none does. */
function moments(known: ReplayContract, steps: readonly Step[]): readonly Moment[] {
  const found: { second: number | undefined; steps: Step[]; loose: Set<Step> }[] = [];
  for (const step of steps) {
    const second = secondOf(known, step);
    const current = found.at(-1);
    if (current !== undefined && (second === undefined || current.second === undefined || second === current.second)) {
      current.steps.push(step);
      if (second === undefined) current.loose.add(step);
      current.second ??= second;
    } else found.push({ second, steps: [step], loose: new Set(second === undefined ? [step] : []) });
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
  readonly #rehearse: Rehearse;
  #attempts = 0;

  constructor(rehearse: Rehearse) {
    this.#rehearse = rehearse;
  }

  async find(found: readonly Moment[]): Promise<readonly Step[]> {
    let order: readonly Step[] = [];
    let carried: readonly Step[] = [];
    for (const [at, moment] of found.entries()) {
      const pending = [...carried, ...moment.steps];
      const isLast = at + 1 === found.length;
      const loose = (step: Step) => !isLast && moment.loose.has(step);
      const settled = await this.#settle(order, pending, loose, this.#attempts + MOST_ATTEMPTS);
      const left = pending.filter((step) => !settled.includes(step));
      carried = left.filter(loose);
      order = [
        ...order,
        ...withMisfits(
          settled.slice(order.length),
          left.filter((step) => !loose(step)),
        ),
      ];
    }
    return order;
  }

  /**
   * The longest order of these steps after a beginning in which each is answered as recorded.
   * @param loose - those that need not be in it
   */
  async #settle(
    beginning: readonly Step[],
    pending: readonly Step[],
    loose: (step: Step) => boolean,
    most: number,
  ): Promise<readonly Step[]> {
    let best = beginning;
    const isWhole = (order: readonly Step[]) => pending.every((step) => loose(step) || order.includes(step));
    const extend = async (order: readonly Step[]): Promise<boolean> => {
      if (order.length > best.length) best = order;
      if (isWhole(order)) return true;
      for (const write of byLikelihood(pending.filter((step) => writes(step) && !order.includes(step)))) {
        if (this.#attempts >= most) return false;
        const longer = await this.#attempt(order, pending, write);
        if (longer !== undefined && (await extend(longer))) return true;
      }
      return false;
    };
    const reads = await this.#attempt(beginning, pending, undefined);
    await extend(reads ?? beginning);
    return best;
  }

  /**
   * An order with this write after it, if it is answered as recorded there, and with all reads that fit then.
   * Nothing where the write does not fit.
   */
  async #attempt(
    beginning: readonly Step[],
    pending: readonly Step[],
    write: Step | undefined,
  ): Promise<readonly Step[] | undefined> {
    this.#attempts += 1;
    const rest = pending.filter((step) => !beginning.includes(step));
    const session = await this.#rehearse([...beginning, ...rest]);
    for (const step of beginning) await session.play(step);
    const order = [...beginning];
    if (write !== undefined) {
      if (!(await fits(session, write))) return undefined;
      order.push(write);
    }
    for (const read of rest.filter((step) => !writes(step))) if (await fits(session, read)) order.push(read);
    return order;
  }
}

/** Puts what fits nowhere where its kind would be, so that the report shows what is wrong with it and no more. */
function withMisfits(order: readonly Step[], misfits: readonly Step[]): readonly Step[] {
  const steps = [...order];
  for (const misfit of byLikelihood(misfits)) {
    const at = steps.findIndex((step) => writes(step) && rank(step) > rank(misfit));
    steps.splice(at === -1 ? steps.length : at, 0, misfit);
  }
  return steps;
}

async function fits(session: Session, step: Step): Promise<boolean> {
  const settled = await session.play(step);
  return settled.get(step)?.kind !== 'mismatched';
}

/** As likely as the order of the recording itself, but for what requests of their kinds do. */
function byLikelihood(steps: readonly Step[]): readonly Step[] {
  return [...steps].sort((left, right) => rank(left) - rank(right) || left.exchange.index - right.exchange.index);
}

function rank(step: Step): number {
  const kind = effectOf(step)?.kind;
  // What was refused changed nothing, so it goes where it fits.
  return kind === undefined || !isSuccess(step) ? 2.5 : RANK[kind];
}
