import fc, { type Arbitrary } from 'fast-check';
import type { Depth } from './check.js';
import type { Violation } from './finding.js';

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
