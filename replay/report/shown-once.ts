import type { Difference } from '../compare/difference.js';
import { REQUIRED } from '../judge/conform.js';
import type { Mismatch, RecordingReport } from './replay-report.js';
import { withoutIds } from './without-ids.js';

/** A difference, and how many more entries of a list have the same. */
export interface ShownDifference {
  readonly difference: Difference;
  more: number;
}

/** A mismatch with what no earlier one of the same operation shows. */
export interface ShownMismatch {
  readonly recording: RecordingReport;
  readonly mismatch: Mismatch;
  readonly differences: readonly ShownDifference[];
  /** How many of its differences an earlier one shows. */
  readonly shownBefore: number;
  /** How many later mismatches have nothing else. */
  alike: number;
}

/**
 * Each difference once: where a service contradicts the contract, it does so in every answer of an operation. Values of
 * which the contract says only what they must be like are the same difference.
 */
export function shownOnce(recordings: readonly RecordingReport[]): readonly ShownMismatch[] {
  const first = new Map<string, ShownMismatch>();
  const shown: ShownMismatch[] = [];
  for (const recording of recordings) {
    for (const mismatch of recording.mismatches) {
      const found = withoutRepeats(mismatch);
      const differences = [...found].filter(([key]) => !first.has(key)).map(([, difference]) => difference);
      const [before] = [...found.keys()].flatMap((key) => first.get(key) ?? []);
      if (differences.length === 0 && before !== undefined) {
        before.alike += 1;
        continue;
      }
      const one = { recording, mismatch, differences, shownBefore: found.size - differences.length, alike: 0 };
      for (const key of found.keys()) if (!first.has(key)) first.set(key, one);
      shown.push(one);
    }
  }
  return shown;
}

/** The differences of a mismatch by key: entries of a list often have the same. */
function withoutRepeats({ request, differences }: Mismatch): ReadonlyMap<string, ShownDifference> {
  const found = new Map<string, ShownDifference>();
  for (const difference of differences) {
    const key = keyOf(request, difference);
    const known = found.get(key);
    if (known === undefined) found.set(key, { difference, more: 0 });
    else known.more += 1;
  }
  return found;
}

/** What a difference has in common with those of other exchanges: all but ids, positions in lists, and judged values. */
function keyOf(request: string, { place, expected, actual, because }: Difference): string {
  // What the contract expects of a value is said in words.
  const isRule = because === REQUIRED && actual !== undefined;
  const found = isRule ? typeOf(actual) : actual;
  return JSON.stringify([withoutIds(request), place.replace(/\/\d+(?=\/|$)/g, '/0'), because, expected, found]);
}

function typeOf(value: Difference['actual']): string {
  return value === null ? 'null' : typeof value;
}
