import type { Json } from '../../contract/contract.js';

/** Whether a value was taken out when it was recorded: `[REDACTED]`, `<redacted>`, `*****`, `(hidden)`. */
export function isRedacted(value: Json | undefined): boolean {
  return (
    typeof value === 'string' &&
    /^([[<({]?\s*(redacted|removed|hidden|filtered|masked|sanitized)\s*[\])>}]?|[*•x]{5,})$/i.test(value)
  );
}

/** Whether anything in a value was. */
export function holdsRedacted(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some((entry: Json) => holdsRedacted(entry));
  if (typeof value === 'object' && value !== null) return Object.values(value).some(holdsRedacted);
  return isRedacted(value);
}

/** Whether nothing is left of a value but what was redacted: `{}` too. */
export function holdsOnlyRedacted(value: Json): boolean {
  if (Array.isArray(value)) return value.every((entry: Json) => holdsOnlyRedacted(entry));
  if (typeof value === 'object' && value !== null) return Object.values(value).every(holdsOnlyRedacted);
  return isRedacted(value);
}
