import type { Contract } from '../../spec/contract/contract.js';
import { Redactor } from '../redact.js';
import { embeddedTarget } from '../targets/embedded.js';
import type { Target } from '../targets/target.js';
import { Preparation } from './prepare.js';
import type { Recording } from './recording.js';
import { replayContract } from './replay-contract.js';
import { type ReplayedRecording, replayRecording } from './replay-recording.js';
import type { ReplayTarget } from './replay-target.js';
import { replayTarget } from './replay-targets.js';
import { type ReplayReport, reportOf } from './report/figures.js';

export interface Replay {
  readonly contract: Contract;
  readonly recordings: readonly Recording[];
  /** A new embedded tenant unless given. */
  readonly target?: Target;
  readonly redactor?: Redactor;
  /** Told after each exchange. */
  readonly onPlayed?: () => void;
}

/**
 * Replays recordings one after the other, each in a new tenant where the target is embedded.
 * @throws ReplayError where the target does not answer, or gives no token
 */
export async function replay(options: Replay): Promise<ReplayReport> {
  const { contract, recordings, redactor = new Redactor(), onPlayed } = options;
  const known = replayContract(contract);
  const targetOptions = { contract, redactor };
  let embedded: Promise<ReplayTarget> | undefined;
  const rehearsal = (): Promise<ReplayTarget> => {
    embedded ??= embeddedTarget(contract).then((target) => replayTarget(target, targetOptions));
    return embedded;
  };
  const target = options.target === undefined ? await rehearsal() : replayTarget(options.target, targetOptions);
  let preparation: Preparation | undefined;
  const replayed: ReplayedRecording[] = [];
  try {
    for (const recording of recordings) {
      replayed.push(
        await replayRecording(recording, {
          known,
          target,
          rehearsal,
          preparation: async () => {
            preparation ??= new Preparation(known);
            return preparation;
          },
          ...(onPlayed === undefined ? {} : { onPlayed }),
        }),
      );
    }
  } finally {
    await target.close();
  }
  return reportOf(target.name, replayed);
}
