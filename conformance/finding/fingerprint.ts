import { createHash } from 'node:crypto';

/** A report keeps so many characters of a cause, and what is made of a report has the same fingerprint. */
const LONGEST_CAUSE = 200;

/** Twelve hexadecimal digits that identify a cause at an operation: the same in every run. */
export function fingerprintOf(cause: string, operation: string): string {
  // A report does not cut between the halves of a character.
  const kept = cause.length > LONGEST_CAUSE ? cause.slice(0, LONGEST_CAUSE).replace(/[\ud800-\udbff]$/, '') : cause;
  return createHash('sha256').update(`${operation}\n${kept}`).digest('hex').slice(0, 12);
}

/** What identifies a cause at several operations: the finding by the first of them, and each of them. */
export interface Fingerprints {
  readonly operations: readonly string[];
  readonly fingerprint: string;
  /** One for each operation, in their order; absent: there is one operation. */
  readonly fingerprints?: readonly string[];
}

export function fingerprintsOf(cause: string, operations: readonly string[]): Fingerprints {
  const [first = ''] = operations;
  return {
    operations,
    fingerprint: fingerprintOf(cause, first),
    ...(operations.length > 1 ? { fingerprints: operations.map((operation) => fingerprintOf(cause, operation)) } : {}),
  };
}
