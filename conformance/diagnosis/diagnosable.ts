import type { Operation } from '../../contract/contract.js';
import type { Consequences, Family, Severity } from '../finding/finding.js';

/**
 * What diagnosing needs of a finding. Before it, `operations` holds all that the violation may be the fault of, that of the
 * exchange first; after it, those with the same cause.
 */
export interface Diagnosable {
  readonly check: string;
  readonly family: Family;
  readonly operations: readonly Operation['id'][];
  readonly foundAt: Operation['id'];
  readonly fingerprint: string;
  /** After diagnosing, one for each operation, in their order; absent: there is one. */
  readonly fingerprints?: readonly string[];
  readonly code: string;
  readonly severity: Severity;
  readonly cause: string;
  readonly consequences?: Consequences;
}

/** What diagnosing needs of the checks that ran. */
export interface DiagnosableResult {
  readonly check: string;
  readonly operation: Operation['id'];
  readonly outcome: 'passed' | 'failed' | 'warned' | 'skipped' | 'observed';
  readonly reason?: string;
}

/** A run, as far as diagnosing needs it. */
export interface DiagnosedRun<T extends Diagnosable> {
  readonly findings: readonly T[];
  readonly results: readonly DiagnosableResult[];
  /** All operations of the plan, in the contract's order. */
  readonly operations: readonly Operation['id'][];
  /** The operations that the target does not implement. */
  readonly absent: readonly Operation['id'][];
  /** Each operation that creates a resource, and the one that reads it by its id. */
  readonly readings: readonly (readonly [create: Operation['id'], read: Operation['id']])[];
  /** What is known of a check. */
  readonly check: (id: string) => CheckFacts | undefined;
  /** The same finding, showing the exchange of this operation. */
  readonly showing: (finding: T, operation: Operation['id']) => T;
}

export interface CheckFacts {
  readonly title: string;
  /** Whether it fails wherever a target does not remember what it was sent. */
  readonly needsState: boolean;
  /** Its place among all checks. */
  readonly rank: number;
}
