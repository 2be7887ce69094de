import type { Json, Resource } from '../../contract/contract.js';

/**
 * A key as text. Paths and queries contain only text, so a numeric key is identified by its digits. Undefined for a value
 * that is neither text nor number.
 */
export function nameOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

/** The properties that identify an item in a path: none where there is only one. */
export function namingProperties({ key, once, aliases }: Resource): readonly string[] {
  return once === true ? aliases : [key, ...aliases];
}
