import type { Difference } from '../compare/difference.js';
import type { ReportedAnswer } from '../recorded/exchange-result.js';
import type { Replayed, ReplayedRecording } from '../replay-recording.js';

/** Numbers of exchanges. `inContract` is the sum of `matched`, `mismatched` and `assumed`. */
export interface Counts {
  readonly exchanges: number;
  readonly inContract: number;
  /** In the contract, without violations. */
  readonly conform: number;
  /** Conforms, and the target answered as recorded. */
  readonly matched: number;
  readonly mismatched: number;
  /** Not judged: depends on something that is not in the recording and could not be created. */
  readonly assumed: number;
  readonly outside: number;
}

export interface Mismatch {
  /** The number of the exchange in the recording, from 1. */
  readonly exchange: number;
  /** Method, path and query. */
  readonly request: string;
  readonly expected: ReportedAnswer;
  /** Absent: it was not sent. */
  readonly actual: ReportedAnswer | null;
  readonly differences: readonly Difference[];
}

/** An exchange that was not judged, with the reason. */
export interface Unjudged {
  readonly exchange: number;
  readonly request: string;
  readonly reason: string;
}

export interface RecordingReport extends Counts {
  readonly file: string;
  readonly recording: string;
  readonly mismatches: readonly Mismatch[];
  readonly assumes: readonly Unjudged[];
  readonly notInContract: readonly Unjudged[];
}

/** The results of a replay: what `--json` prints. */
export interface ReplayReport {
  readonly target: string;
  readonly total: Counts & { readonly recordings: number };
  readonly recordings: readonly RecordingReport[];
  /** What was created at the target and could not be removed. */
  readonly left: readonly string[];
}

export function reportOf(
  target: string,
  replayed: readonly ReplayedRecording[],
  left: readonly string[] = [],
): ReplayReport {
  const recordings = replayed.map(recordingReport);
  const sum = (name: keyof Counts) => recordings.reduce((total, counts) => total + counts[name], 0);
  return {
    target,
    total: {
      recordings: recordings.length,
      exchanges: sum('exchanges'),
      inContract: sum('inContract'),
      conform: sum('conform'),
      matched: sum('matched'),
      mismatched: sum('mismatched'),
      assumed: sum('assumed'),
      outside: sum('outside'),
    },
    recordings,
    left,
  };
}

function recordingReport({ recording, steps }: ReplayedRecording): RecordingReport {
  const count = (test: (replayed: Replayed) => boolean) => steps.filter(test).length;
  return {
    file: recording.file,
    recording: recording.name,
    exchanges: steps.length,
    inContract: count(({ inContract }) => inContract),
    conform: count(({ conforms }) => conforms),
    matched: count(({ result }) => result.kind === 'matched'),
    mismatched: count(({ result }) => result.kind === 'mismatched'),
    assumed: count(({ result }) => result.kind === 'assumed'),
    outside: count(({ result }) => result.kind === 'outside'),
    mismatches: steps.flatMap(mismatchOf),
    assumes: steps.flatMap((replayed) =>
      replayed.result.kind === 'assumed' ? [unjudged(replayed, replayed.result.reason)] : [],
    ),
    notInContract: steps.flatMap((replayed) =>
      replayed.result.kind === 'outside' ? [unjudged(replayed, reasonOutside(replayed))] : [],
    ),
  };
}

function mismatchOf({ step, result }: Replayed): readonly Mismatch[] {
  if (result.kind !== 'mismatched') return [];
  const { expected, actual = null, differences } = result;
  return [{ exchange: step.exchange.index + 1, request: step.line, expected, actual, differences }];
}

function unjudged({ step }: Replayed, reason: string): Unjudged {
  return { exchange: step.exchange.index + 1, request: step.line, reason };
}

function reasonOutside({ step }: Replayed): string {
  return step.match === undefined ? 'no such operation' : `not declared: ${step.undeclared.join(', ')}`;
}
