import type { Json } from '../../contract/contract.js';

const WORDS = ['redacted', 'removed', 'hidden', 'filtered', 'masked', 'sanitized'];

/** A JSON Schema pattern for redacted values, which has no flag to ignore case. */
export const REDACTED_PATTERN = `^(?:[\\[<({]?\\s*(?:${WORDS.map(ignoringCase).join('|')})\\s*[\\])>}]?|[*•xX]{5,})$`;

const REDACTED = new RegExp(REDACTED_PATTERN, 'u');

/** Whether a value was redacted: `[REDACTED]`, `<redacted>`, `*****`, `(hidden)`. */
export function isRedacted(value: Json | undefined): boolean {
  return typeof value === 'string' && REDACTED.test(value);
}

/** Whether a value contains redacted values. */
export function holdsRedacted(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some((entry: Json) => holdsRedacted(entry));
  if (typeof value === 'object' && value !== null) return Object.values(value).some(holdsRedacted);
  return isRedacted(value);
}

/** Whether a value contains only redacted values; true for `{}`. */
export function holdsOnlyRedacted(value: Json): boolean {
  if (Array.isArray(value)) return value.every((entry: Json) => holdsOnlyRedacted(entry));
  if (typeof value === 'object' && value !== null) return Object.values(value).every(holdsOnlyRedacted);
  return isRedacted(value);
}

function ignoringCase(word: string): string {
  return [...word].map((letter) => `[${letter}${letter.toUpperCase()}]`).join('');
}
