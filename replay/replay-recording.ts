import { assumptionsOf } from './assume/assumptions.js';
import type { Preparation } from './assume/prepare.js';
import { agreeingOrder } from './order.js';
import type { ExchangeResult } from './recorded/exchange-result.js';
import { pageWalks } from './recorded/page-walk.js';
import type { Recording } from './recorded/recording.js';
import type { ReplayContract } from './recorded/replay-contract.js';
import { isInContract, readStep, type Step } from './recorded/step.js';
import { ReplayRun, type ReplayRunOptions } from './replay-run.js';
import type { ReplayTarget } from './target/replay-target.js';
import { WriteVerifier } from './write-verifier.js';

/** The results of a recording. */
export interface ReplayedRecording {
  readonly recording: Recording;
  /** In the order of the recording. */
  readonly steps: readonly Replayed[];
}

export interface Replayed {
  readonly step: Step;
  readonly inContract: boolean;
  /** In the contract, without violations. */
  readonly conforms: boolean;
  readonly result: ExchangeResult;
}

export interface ReplayRecordingOptions {
  readonly known: ReplayContract;
  readonly target: ReplayTarget;
  /** An embedded tenant for trial runs that search the order of a recording. */
  readonly trialTarget: () => Promise<ReplayTarget>;
  /** Loaded only if something must be created first. */
  readonly preparation: () => Promise<Preparation>;
  /** Called after each exchange. */
  readonly onPlayed?: () => void;
}

/** Replays a recording from its first exchange to its last. @throws ReplayError if the target does not answer */
export async function replayRecording(
  recording: Recording,
  options: ReplayRecordingOptions,
): Promise<ReplayedRecording> {
  const { known, target, preparation } = options;
  const steps = recording.exchanges.map((exchange) => readStep(known, exchange));
  const assumptions = assumptionsOf(known, steps, recording.orderUncertain);
  const startTrial = async (order: readonly Step[]): Promise<ReplayRun> => {
    const tenant = await options.trialTarget();
    await tenant.restart?.();
    return startRun({ known, target: tenant, assumptions, walks: pageWalks(order), preparation });
  };
  const order = recording.orderUncertain ? await agreeingOrder(known, steps, startTrial) : steps;
  await target.restart?.();
  const writeVerifier = new WriteVerifier(known, order);
  const run = await startRun({ known, target, assumptions, walks: pageWalks(order), preparation, writeVerifier });
  const results = new Map<Step, ExchangeResult>();
  for (const step of order) {
    for (const [settled, result] of await run.play(step)) results.set(settled, result);
    options.onPlayed?.();
  }
  return {
    recording,
    steps: steps.map((step) => ({
      step,
      inContract: isInContract(step),
      conforms: isInContract(step) && step.violations.length === 0 && step.incomplete === undefined,
      result: results.get(step) ?? { kind: 'assumed', reason: 'the rest of its listing was not read' },
    })),
  };
}

/** Starts a run in which everything that the recording assumes exists. */
async function startRun(options: ReplayRunOptions): Promise<ReplayRun> {
  const run = new ReplayRun(options);
  await run.prepare();
  return run;
}
