import fc, { type Arbitrary } from 'fast-check';
import type { Depth } from '../check.js';
import type { Violation } from '../finding/finding.js';

/** A counterexample: its violation, and how to reproduce it. */
export interface Counterexample {
  readonly violation: Violation;
  /** fast-check's path to the smallest counterexample. */
  readonly path: string;
}

export interface PropertyRun<T> {
  readonly arbitrary: Arbitrary<T>;
  readonly violations: (value: T) => Promise<readonly Violation[]>;
  readonly seed: number;
  readonly runs: number;
  readonly examples: readonly T[];
  /** Replays only this path, without shrinking. */
  readonly path?: string;
  /** Causes found before: they no longer count as counterexamples. */
  readonly known: ReadonlySet<string>;
  /** Called for each violation with a known cause. */
  readonly again: (violation: Violation) => void;
  /** Called for every value tried. */
  readonly tried: () => void;
  /** Whether shrinking may continue. */
  readonly mayShrink: () => boolean;
}

/** The default number of generated values per property. */
export const RUNS: Readonly<Record<Depth, number>> = { smoke: 1, standard: 15, exhaustive: 200 };

/**
 * Looks for one counterexample with a new cause, and shrinks it as long as the cause stays the same: another fault found
 * on the way is another finding. An error of `violations` ends the search and is rethrown.
 */
export async function findCounterexample<T>(run: PropertyRun<T>): Promise<Counterexample | undefined> {
  let cause: string | undefined;
  let smallest: Violation | undefined;
  let thrown: { readonly error: unknown } | undefined;
  const property = fc.asyncProperty(run.arbitrary, async (value) => {
    // fast-check would treat an error as a counterexample and shrink it: keep it aside, and send nothing more.
    if (thrown !== undefined) return true;
    if (smallest !== undefined && !run.mayShrink()) return true;
    run.tried();
    let violations: readonly Violation[];
    try {
      violations = await run.violations(value);
    } catch (error) {
      thrown = { error };
      return true;
    }
    for (const violation of violations) if (run.known.has(violation.cause)) run.again(violation);
    const fresh = violations.filter((violation) => !run.known.has(violation.cause));
    const same = cause === undefined ? fresh[0] : fresh.find((violation) => violation.cause === cause);
    if (same === undefined) return true;
    cause = same.cause;
    smallest = same;
    return false;
  });
  const details = await fc.check(property, {
    seed: run.seed,
    numRuns: run.runs,
    // fast-check takes the examples of a property of one value as tuples of one.
    examples: run.examples.map((example): [T] => [example]),
    ...(run.path === undefined ? {} : { path: run.path, endOnFailure: true }),
  });
  if (thrown !== undefined) throw thrown.error;
  if (smallest === undefined) return undefined;
  return { violation: smallest, path: details.counterexamplePath ?? '' };
}

/** The most causes that one property looks for; each search starts from the beginning. */
const MOST_CAUSES = 3;

/** A property's place in its check, and the receiver of its counterexamples. */
export interface PropertyPlace {
  /** From 0, in the order of the check's properties. */
  readonly number: number;
  /** The counterexample to replay: `3:1:0`, or `2/3:1:0` for property number 2. */
  readonly path?: string;
  /** Called for each cause, with a path that replays it. */
  readonly found: (violation: Violation, path: string) => void;
}

/** Looks for counterexamples of several causes, one after the other; or replays the one at a path. */
export async function tryProperty<T>(
  run: Omit<PropertyRun<T>, 'path' | 'mayShrink'> & {
    /** The most requests to spend on shrinking one counterexample. */
    readonly shrinkRequests: number;
    /** The number of requests that the check has sent. */
    readonly requests: () => number;
  },
  { number, path, found }: PropertyPlace,
): Promise<void> {
  const replay = path === undefined ? undefined : splitPath(path);
  if (replay !== undefined && replay.number !== number) return;
  const prefix = number === 0 ? '' : `${number}/`;
  for (let causes = 0; causes < (replay === undefined ? MOST_CAUSES : 1); causes += 1) {
    let shrinkStart: number | undefined;
    const mayShrink = () => {
      shrinkStart ??= run.requests();
      return run.requests() - shrinkStart < run.shrinkRequests;
    };
    const counterexample = await findCounterexample({ ...run, mayShrink, ...(replay && { path: replay.path }) });
    if (counterexample === undefined) return;
    found(counterexample.violation, prefix + counterexample.path);
  }
}

function splitPath(path: string): { readonly number: number; readonly path: string } {
  const [number, rest] = path.split('/');
  return rest === undefined ? { number: 0, path } : { number: Number(number), path: rest };
}
