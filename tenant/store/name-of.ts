import type { Json } from '../../contract/contract.js';

/**
 * A value as what names a thing: its text. A path and a query have nothing but texts, so a key that is a number goes by
 * its digits. Nothing where it is neither text nor number.
 */
export function nameOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}
