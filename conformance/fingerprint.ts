import { createHash } from 'node:crypto';

/** Twelve hexadecimal digits that identify a cause at an operation: the same in every run. */
export function fingerprintOf(cause: string, operation: string): string {
  return createHash('sha256').update(`${operation}\n${cause}`).digest('hex').slice(0, 12);
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
