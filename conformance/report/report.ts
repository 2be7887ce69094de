import type { Grade } from '../../contract/contract.js';
import type { ConfiguredSkip } from '../config-file.js';
import type { CoverageEntry, ScopeAttempt } from '../engine/coverage.js';
import type { Outcome } from '../engine/event.js';
import type { Consequences, Family, Severity } from '../finding/finding.js';
import type { BaselineResult } from './baseline.js';

export type { ScopeAttempt } from '../engine/coverage.js';

/** `inconclusive`: the run could not try enough to say either. */
export type Verdict = 'conforms' | 'violates' | 'inconclusive';

/** `report.json`: the results of a run, without secrets. Every other report is made from it. */
export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  readonly target: string;
  readonly seed: number;
  readonly depth: string;
  /** The part of the plan: `[i, n]`, from 1; absent: the whole plan. */
  readonly shard?: readonly [number, number];
  /** Of a part: all operations of the contract, in its order, also those that only fixtures use. */
  readonly order?: readonly string[];
  /** Of a part: each operation that creates a resource, and the one that reads it by its id. */
  readonly readings?: readonly (readonly string[])[];
  readonly verdict: Verdict;
  /** Why the verdict is inconclusive, or the run incomplete: a sentence each. */
  readonly reasons: readonly string[];
  readonly summary: ReportSummary;
  readonly checks: readonly ReportedCheck[];
  readonly findings: readonly ReportedFinding[];
  /** What --baseline says of the findings; absent: there was none. */
  readonly baseline?: BaselineResult;
  /** Checks that the configuration leaves out. */
  readonly leftOut?: readonly ConfiguredSkip[];
  readonly coverage: readonly CoverageEntry[];
  /** Facts of the contract that the run did not test. */
  readonly unchecked: readonly Unchecked[];
  /** Operations that the target does not implement; absent: it implements all that were tried. */
  readonly absent?: readonly string[];
  /** The number of facts of the contract that can be tested. */
  readonly facts: number;
  /** What tokens with chosen scopes got; absent: no scopes were tried. */
  readonly scopes?: readonly ScopeAttempt[];
  /** Created resources that could not be removed. */
  readonly leftovers: readonly string[];
  /** What was at the target before the run and is changed, or may be; absent: nothing is. */
  readonly changed?: readonly string[];
  /** What passed a proxy, where the requests are not those of a run; absent: they are. */
  readonly traffic?: Traffic;
}

/** Exchanges that others caused, and that were judged while they passed. */
export interface Traffic {
  readonly exchanges: number;
  readonly judged: number;
  /** Exchanges that the contract does not declare: `GET /userinfo: no such operation`. */
  readonly outside: readonly CountedText[];
  /** Exchanges that could not be judged, by reason. */
  readonly unread: readonly CountedText[];
  /** The file that recorded them. */
  readonly recording?: string;
}

export interface CountedText {
  readonly what: string;
  readonly count: number;
}

export interface ReportSummary {
  readonly operations: number;
  readonly checks: number;
  readonly passed: number;
  readonly failed: number;
  readonly warned: number;
  readonly skipped: number;
  readonly observed: number;
  readonly requests: number;
  readonly durationMs: number;
}

/** A check of an operation, with its outcome. */
export interface ReportedCheck {
  readonly id: string;
  readonly family: Family;
  readonly operation: string;
  readonly outcome: Outcome;
  /** Why it was skipped, what it observed, or which part was not tried. */
  readonly reason?: string;
  readonly runs: number;
  readonly requests: number;
  /** When it started, in milliseconds from the start of the run. */
  readonly startMs?: number;
  readonly durationMs?: number;
  /** The fingerprints of its findings; absent: it has none. */
  readonly findings?: readonly string[];
}

/** A finding as the report shows it. */
export interface ReportedFinding {
  readonly check: string;
  readonly family: Family;
  /** The operation of the request shown, then the others, sorted. */
  readonly operations: readonly string[];
  /** The operation whose check found it: the one that `replay` runs. */
  readonly foundAt: string;
  readonly fingerprint: string;
  /** One for each operation, in their order; absent: there is one operation. */
  readonly fingerprints?: readonly string[];
  /** The kind of finding; `rolecall explain CODE` explains it. */
  readonly code: string;
  readonly severity: Severity;
  readonly grade: Grade;
  readonly source: string;
  readonly cause: string;
  readonly expected: string;
  readonly actual: string;
  readonly request: ReportedRequest;
  readonly response: ReportedResponse;
  /** Shell commands that create what the request names, send it, and remove everything again. */
  readonly curl: string;
  /** The command that reproduces it, in seconds. */
  readonly replay: string;
  /** Findings that follow from this one, and are not listed; absent: there are none. */
  readonly consequences?: Consequences;
}

export interface ReportedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ReportedResponse {
  /** 0: no answer came. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Unchecked {
  readonly operation: string;
  /** `409 client_alias_exists`, `scopes read:roles update:users`, `limit 50 roles for each user`. */
  readonly what: string;
  readonly reason: string;
}
