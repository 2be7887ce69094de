import type { Json } from '../../contract/contract.js';

/**
 * A key as text. Paths and queries contain only text, so a numeric key is identified by its digits. Undefined for a value
 * that is neither text nor number.
 */
export function nameOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}
