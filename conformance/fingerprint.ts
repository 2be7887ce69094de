import { createHash } from 'node:crypto';

/** Twelve hexadecimal digits that identify a cause at an operation: the same in every run. */
export function fingerprintOf(cause: string, operation: string): string {
  return createHash('sha256').update(`${operation}\n${cause}`).digest('hex').slice(0, 12);
}
