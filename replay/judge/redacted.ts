import type { Json } from '../../contract/contract.js';

/** Whether a value was redacted: `[REDACTED]`, `<redacted>`, `*****`, `(hidden)`. */
export function isRedacted(value: Json | undefined): boolean {
  return (
    typeof value === 'string' &&
    /^([[<({]?\s*(redacted|removed|hidden|filtered|masked|sanitized)\s*[\])>}]?|[*•x]{5,})$/i.test(value)
  );
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
