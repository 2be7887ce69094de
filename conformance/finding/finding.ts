import type { Evidence, Operation } from '../../contract/contract.js';
import type { Exchange } from '../target/exchange.js';
import type { FindingCode } from './finding-codes.js';

/**
 * One way in which a target violates the contract, seen in one exchange. A check passes it to `context.report`, or returns
 * it from a property, which shrinks first.
 */
export interface Violation {
  /**
   * What is wrong, in few words that do not vary between requests or operations: `undocumented status 500`,
   * `body /roles: maxItems`. Violations with the same cause are one finding.
   */
  readonly cause: string;
  /** The kind of violation. Absent: the kind that only this check reports. */
  readonly code?: FindingCode;
  /** One line: what the contract says. */
  readonly expected: string;
  /** One line: what the target did. */
  readonly actual: string;
  /** The evidence for the violated fact: recorded and documented fail, reported and inferred warn, others observe. */
  readonly evidence: Evidence;
  /** The exchange that shows it. */
  readonly exchange: Exchange;
  /** The exchanges before it, in order, where one alone does not show the violation. */
  readonly before?: readonly Exchange[];
}

export type Family =
  | 'status-and-shape'
  | 'input'
  | 'authentication'
  | 'scopes'
  | 'limits'
  | 'state'
  | 'protocol'
  | 'client';

export const families: readonly Family[] = [
  'status-and-shape',
  'input',
  'authentication',
  'scopes',
  'limits',
  'state',
  'protocol',
  'client',
];

export type Severity = 'failed' | 'warned' | 'observed';

/** The severity of violating a fact. */
export function severityOf({ grade }: Evidence): Severity {
  switch (grade) {
    case 'recorded':
    case 'documented':
      return 'failed';
    case 'reported':
    case 'inferred':
      return 'warned';
    case 'unknown':
    case 'disputed':
      return 'observed';
  }
}

/** A cause, with everything needed to reproduce it. */
export interface Finding {
  readonly check: string;
  readonly family: Family;
  /** The operation of the exchange, then the others with the same cause, sorted. */
  readonly operations: readonly Operation['id'][];
  /** The operation whose check found it: mostly that of the exchange. A replay runs this check. */
  readonly foundAt: Operation['id'];
  /** The cause and the operation of the exchange, hashed: the same in every run. */
  readonly fingerprint: string;
  /** After diagnosing, one for each operation, in their order; absent: there is one. */
  readonly fingerprints?: readonly string[];
  /** The kind of finding: a key of `FINDING_CODES`, or the check's id in capitals. Never changes. */
  readonly code: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
  readonly cause: string;
  readonly expected: string;
  readonly actual: string;
  readonly exchange: Exchange;
  readonly before: readonly Exchange[];
  /** The exchanges after it that show its effect: readings that contradict a write. */
  readonly after: readonly Exchange[];
  /** The exchanges that created the resources in these exchanges, and set up their relations, in order: reproducing needs them. */
  readonly setup: readonly Exchange[];
  /** fast-check's path to the counterexample, where a property found it. */
  readonly path?: string;
  /** What follows from it; absent: nothing else was found. */
  readonly consequences?: Consequences;
}

/** What a finding explains: these findings are not reported on their own. */
export interface Consequences {
  /** Checks that found nothing else, or could not run because of it. */
  readonly checks: number;
  readonly findings: readonly Consequence[];
}

export interface Consequence {
  readonly check: string;
  readonly cause: string;
  readonly operations: readonly Operation['id'][];
}
