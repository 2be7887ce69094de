import type { Evidence, Operation } from '../contract/contract.js';
import type { Exchange } from './target/exchange.js';

/**
 * One way in which a target does not keep the contract, seen in one exchange. A value: a check gives it to
 * `context.report`, or returns it from a property, which shrinks first.
 */
export interface Violation {
  /**
   * What is wrong, in few words and without anything that varies from request to request or from operation to
   * operation: `undocumented status 500`, `body /roles: maxItems`. Violations of one check with the same cause are one
   * finding.
   */
  readonly cause: string;
  /** One line: what the contract says. */
  readonly expected: string;
  /** One line: what the target did. */
  readonly actual: string;
  /** How sure the fact is that is violated: recorded and documented fail, reported and inferred warn, others observe. */
  readonly evidence: Evidence;
  /** The exchange that shows it. */
  readonly exchange: Exchange;
  /** What led to it, in order, where one exchange alone does not show it. */
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

/** What a violation of a fact weighs. */
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

/** A cause, with everything that a person needs to see it again. */
export interface Finding {
  readonly check: string;
  readonly family: Family;
  /** Where it shows: the operation whose exchange this is, then the others, sorted. */
  readonly operations: readonly Operation['id'][];
  /** Check and cause, hashed: the same in every run. */
  readonly fingerprint: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
  readonly cause: string;
  readonly expected: string;
  readonly actual: string;
  readonly exchange: Exchange;
  readonly before: readonly Exchange[];
  /** The creations of what these exchanges name, in order: who wants to see it again needs such things again. */
  readonly setup: readonly Exchange[];
  /** fast-check's path to the counterexample, where a property found it. */
  readonly path?: string;
}
