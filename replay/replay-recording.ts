import { type Assumptions, assumptionsOf } from './assume/assumptions.js';
import type { Preparation } from './assume/prepare.js';
import { Looks } from './look.js';
import { agreeingOrder } from './order.js';
import type { Outcome } from './recorded/outcome.js';
import { pageWalks } from './recorded/page-walk.js';
import type { Recording } from './recorded/recording.js';
import type { ReplayContract } from './recorded/replay-contract.js';
import { isInContract, readStep, type Step } from './recorded/step.js';
import { Session } from './session.js';
import type { ReplayTarget } from './target/replay-target.js';

/** What became of a recording. */
export interface ReplayedRecording {
  readonly recording: Recording;
  /** By the exchange's place in the recording. */
  readonly steps: readonly Replayed[];
}

export interface Replayed {
  readonly step: Step;
  readonly inContract: boolean;
  /** It keeps the contract. */
  readonly conforms: boolean;
  readonly outcome: Outcome;
}

export interface ReplayOptions {
  readonly known: ReplayContract;
  readonly target: ReplayTarget;
  /** A new tenant of our own, in which an order is tried out before the target sees it. */
  readonly rehearsal: () => Promise<ReplayTarget>;
  /** Loaded when something has to be prepared. */
  readonly preparation: () => Promise<Preparation>;
  /** Told after each exchange. */
  readonly onPlayed?: () => void;
}

/** Replays a recording from its first exchange to its last. @throws ReplayError where the target does not answer */
export async function replayRecording(recording: Recording, options: ReplayOptions): Promise<ReplayedRecording> {
  const { known, target } = options;
  const steps = recording.exchanges.map((exchange) => readStep(known, exchange));
  const assumptions = assumptionsOf(known, steps, recording.orderUncertain);
  const order = recording.orderUncertain
    ? await agreeingOrder(known, steps, async (walked) => {
        const place = await options.rehearsal();
        await place.restart?.();
        return openSession(options, place, assumptions, walked);
      })
    : steps;
  await target.restart?.();
  const session = await openSession(options, target, assumptions, order, new Looks(known, order));
  const outcomes = new Map<Step, Outcome>();
  for (const step of order) {
    for (const [settled, outcome] of await session.play(step)) outcomes.set(settled, outcome);
    options.onPlayed?.();
  }
  return {
    recording,
    steps: steps.map((step) => ({
      step,
      inContract: isInContract(step),
      conforms: isInContract(step) && step.violations.length === 0,
      outcome: outcomes.get(step) ?? { kind: 'assumed', reason: 'the rest of its listing was not read' },
    })),
  };
}

/** A session in which everything that the recording assumes is there. */
async function openSession(
  options: ReplayOptions,
  target: ReplayTarget,
  assumptions: Assumptions,
  order: readonly Step[],
  looks?: Looks,
): Promise<Session> {
  const session = new Session(options.known, target, assumptions, pageWalks(order), looks);
  const { catalogue, tuples, doneBefore } = assumptions;
  const assumed = catalogue.entities.some(({ createdAt }) => createdAt === undefined);
  if (assumed || tuples.length > 0 || doneBefore.length > 0) await session.prepare(await options.preparation());
  return session;
}
