import fc, { type Arbitrary } from 'fast-check';
import type { Depth } from '../check.js';
import type { Violation } from '../finding.js';

/** A counterexample's violation and how to get it again. */
export interface Counterexample {
  readonly violation: Violation;
  /** fast-check's path to the smallest value that shows it. */
  readonly path: string;
}

export interface PropertyRun<T> {
  readonly arbitrary: Arbitrary<T>;
  readonly violations: (value: T) => Promise<readonly Violation[]>;
  readonly seed: number;
  readonly runs: number;
  readonly examples: readonly T[];
  /** Replays this path alone, without shrinking. */
  readonly path?: string;
  /** Causes that are known: they are no counterexamples any more. */
  readonly known: ReadonlySet<string>;
  /** Told of a known cause that was seen again. */
  readonly again: (violation: Violation) => void;
  /** Told of every value that was tried. */
  readonly tried: () => void;
  /** Whether shrinking may go on. */
  readonly mayShrink: () => boolean;
}

/** How many generated values a property is tried on, where it does not say. */
export const RUNS: Readonly<Record<Depth, number>> = { smoke: 1, standard: 15, exhaustive: 200 };

/**
 * Looks for one counterexample with a cause that is not known yet, and shrinks it while it keeps that cause: another
 * fault that turns up on the way is not the same finding. What `violations` throws ends the search and is thrown again.
 */
export async function findCounterexample<T>(run: PropertyRun<T>): Promise<Counterexample | undefined> {
  let cause: string | undefined;
  let smallest: Violation | undefined;
  let thrown: { readonly error: unknown } | undefined;
  const property = fc.asyncProperty(run.arbitrary, async (value) => {
    // fast-check would take an error for a counterexample and shrink it: it is kept aside, and nothing more is sent.
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
    // A tuple of one: a property of one value takes its examples so.
    examples: run.examples.map((example): [T] => [example]),
    ...(run.path === undefined ? {} : { path: run.path, endOnFailure: true }),
  });
  if (thrown !== undefined) throw thrown.error;
  if (smallest === undefined) return undefined;
  return { violation: smallest, path: details.counterexamplePath ?? '' };
}

/** The most causes that one property looks for, each from the start again. */
const MOST_CAUSES = 3;

/** A property's place in its check, and where its counterexamples go. */
export interface PropertyPlace {
  /** From 0, in the order in which the check tries its properties. */
  readonly number: number;
  /** The one counterexample to replay: `3:1:0`, or `2/3:1:0` of the property number 2. */
  readonly path?: string;
  /** Told of each cause, with a path that replays it. */
  readonly found: (violation: Violation, path: string) => void;
}

/** Looks for counterexamples of several causes, one after the other; or replays the one that a path names. */
export async function tryProperty<T>(
  run: Omit<PropertyRun<T>, 'path' | 'mayShrink'> & {
    /** The most requests to spend on shrinking one counterexample. */
    readonly shrinkRequests: number;
    /** How many requests the check has sent. */
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
