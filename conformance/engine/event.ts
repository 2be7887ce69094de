import type { Pointer } from '../../contract/contract.js';
import type { Finding } from '../finding.js';
import type { Exchange } from '../target/exchange.js';
import type { CoverageEntry } from './coverage.js';
import type { Plan, PlannedCheck } from './plan.js';
import type { StopCause } from './stop.js';

/** What a request was for: a check, or the work around checks. */
export type Purpose = 'check' | 'fixture' | 'token' | 'cleanup';

/** What a run tells while it goes. Everything that a person sees of it is made from these. */
export type RunEvent =
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'started'; readonly planned: PlannedCheck }
  /** `planned` is absent where the request serves more than one check. */
  | {
      readonly kind: 'requested';
      readonly exchange: Exchange;
      readonly purpose: Purpose;
      readonly planned?: PlannedCheck;
    }
  /** The target asks to wait. */
  | { readonly kind: 'waiting'; readonly milliseconds: number }
  | { readonly kind: 'found'; readonly finding: Finding }
  | { readonly kind: 'finished'; readonly result: CheckResult }
  | { readonly kind: 'ended'; readonly end: RunEnd };

export type Outcome = 'passed' | 'failed' | 'warned' | 'skipped' | 'observed';

/** What came of one check of one operation. */
export interface CheckResult {
  readonly planned: PlannedCheck;
  readonly outcome: Outcome;
  /** Why it was skipped, what it observed, or what of it was not tried. */
  readonly reason?: string;
  /** Where the reason for a skip lies. */
  readonly because?: StopCause | 'defect';
  /** Tried values and single answers that were judged. */
  readonly runs: number;
  readonly requests: number;
  readonly notes: readonly string[];
  readonly missed: readonly Miss[];
}

/** A part of a check that was not done. */
export interface Miss {
  readonly operation: string;
  readonly check: string;
  readonly what: string;
  readonly reason: string;
  readonly fact?: Pointer;
}

export interface RunEnd {
  readonly requests: number;
  readonly durationMs: number;
  readonly coverage: readonly CoverageEntry[];
  /** Facts of the contract that were put to the test, with the number of times. */
  readonly facts: ReadonlyMap<Pointer, number>;
  /** What we created and could not remove, named so that somebody can. */
  readonly leftovers: readonly string[];
  /** Why the run ended before its plan, a sentence. */
  readonly stopped?: string;
}
