import { Redactor } from '../conformance/redaction/redact.js';
import { type Clock, systemClock } from '../conformance/target/clock.js';
import { embeddedTarget } from '../conformance/target/embedded.js';
import type { Target } from '../conformance/target/target.js';
import type { Contract } from '../contract/contract.js';
import { withDerivedState } from '../contract/derive/derived-state.js';
import { Preparation } from './assume/prepare.js';
import { ReplayError } from './errors.js';
import type { Recording } from './recorded/recording.js';
import { replayContract } from './recorded/replay-contract.js';
import { type ReplayedRecording, replayRecording } from './replay-recording.js';
import { maskedReport } from './report/masked-report.js';
import { type ReplayReport, reportOf } from './report/replay-report.js';
import { HttpReplayTarget } from './target/http-replay-target.js';
import type { ReplayTarget } from './target/replay-target.js';

export interface Replay {
  readonly contract: Contract;
  readonly recordings: readonly Recording[];
  /** Default: a new embedded tenant. */
  readonly target?: Target;
  readonly redactor?: Redactor;
  /** For pauses between requests. Default: the system clock. */
  readonly clock?: Clock;
  /** Stops between two recordings; what was created is deleted. */
  readonly signal?: AbortSignal;
  /** Called after each exchange. */
  readonly onPlayed?: () => void;
}

/**
 * Replays recordings one after the other. An embedded tenant starts empty for each.
 * @throws ReplayError if the target does not answer or issues no token
 */
export async function replay(options: Replay): Promise<ReplayReport> {
  const { recordings, redactor = new Redactor(), clock = systemClock, signal, onPlayed } = options;
  // As the embedded tenant: a document without our keywords has the state that its paths and schemas describe.
  const { contract } = withDerivedState(options.contract);
  const known = replayContract(contract);
  let embedded: Promise<ReplayTarget> | undefined;
  const trialTarget = (): Promise<ReplayTarget> => {
    embedded ??= embeddedTarget(contract).then((target) => new HttpReplayTarget(target, { known, redactor, clock }));
    return embedded;
  };
  const target =
    options.target === undefined
      ? await trialTarget()
      : new HttpReplayTarget(options.target, { known, redactor, clock });
  let preparation: Preparation | undefined;
  const replayed: ReplayedRecording[] = [];
  const left: string[] = [];
  try {
    for (const recording of recordings) {
      if (signal?.aborted === true) {
        throw new ReplayError(
          'INTERRUPTED',
          `interrupted after ${replayed.length} of ${recordings.length} recordings.`,
        );
      }
      replayed.push(
        await replayRecording(recording, {
          known,
          target,
          trialTarget,
          preparation: async () => {
            preparation ??= new Preparation(known);
            return preparation;
          },
          ...(onPlayed === undefined ? {} : { onPlayed }),
        }),
      );
      left.push(...(await target.clear()));
    }
  } catch (error) {
    // The target may be what failed: report the original error.
    await target.clear().catch(() => []);
    throw error;
  } finally {
    await target.close();
  }
  return maskedReport(reportOf(target.name, replayed, left), redactor);
}
