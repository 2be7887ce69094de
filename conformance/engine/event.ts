import type { Pointer } from '../../contract/contract.js';
import type { Finding } from '../finding/finding.js';
import type { Exchange } from '../target/exchange.js';
import type { CoverageEntry, ScopeAttempt } from './coverage.js';
import type { Plan, PlannedCheck } from './plan/plan.js';
import type { StopCause } from './stop.js';

/** What a request was sent for. */
export type Purpose = 'check' | 'fixture' | 'token' | 'cleanup';

/** A request of a run. `planned` is absent where it serves more than one check. */
interface Sent {
  readonly exchange: Exchange;
  readonly purpose: Purpose;
  readonly planned?: PlannedCheck;
}

/** What happens in a run, in order. Reports, progress and traces are made from these events. */
export type RunEvent =
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'started'; readonly planned: PlannedCheck }
  | ({ readonly kind: 'requested' } & Sent)
  /** No answer came; the exchange has status 0. */
  | ({ readonly kind: 'unanswered'; readonly reason: string } & Sent)
  /** A sentence for the person who runs this. */
  | { readonly kind: 'noted'; readonly text: string }
  /** The target's rate limit asks to wait. */
  | { readonly kind: 'waiting'; readonly milliseconds: number }
  | { readonly kind: 'found'; readonly finding: Finding }
  | { readonly kind: 'finished'; readonly result: CheckResult }
  | { readonly kind: 'ended'; readonly end: RunEnd };

export type Outcome = 'passed' | 'failed' | 'warned' | 'skipped' | 'observed';

/** The result of one check of one operation. */
export interface CheckResult {
  readonly planned: PlannedCheck;
  readonly outcome: Outcome;
  /** Why it was skipped, what it observed, or which part was not tried. */
  readonly reason?: string;
  /** What caused a skip. */
  readonly because?: StopCause | 'defect';
  /** When it started, in milliseconds from the start of the run. */
  readonly startMs?: number;
  readonly durationMs?: number;
  /** Tried values and judged single answers. */
  readonly runs: number;
  readonly requests: number;
  readonly notes: readonly string[];
  readonly missed: readonly Miss[];
}

/** A part of a check that was not tried. */
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
  /** Facts of the contract that were tested, with the number of times. */
  readonly facts: ReadonlyMap<Pointer, number>;
  /** Operations that the target does not implement. */
  readonly absent: readonly string[];
  /** What tokens with chosen scopes got. */
  readonly scopes?: readonly ScopeAttempt[];
  /** Resources that the run created and could not remove, named so that a person can. */
  readonly leftovers: readonly string[];
  /** What was there before and is changed, or may be, and what a person can look at; absent: nothing. */
  readonly changed?: readonly string[];
  /** Why the run ended before its plan was done, a sentence. */
  readonly stopped?: string;
}
