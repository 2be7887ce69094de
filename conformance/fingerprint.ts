import { createHash } from 'node:crypto';

/** Twelve hexadecimal digits that identify a cause: the same in every run and for every operation. */
export function fingerprintOf(cause: string): string {
  return createHash('sha256').update(cause).digest('hex').slice(0, 12);
}
