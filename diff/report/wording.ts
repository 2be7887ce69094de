import type { Json } from '../../contract/contract.js';

/** Longer values are shortened in sentences; `from` and `to` of a change are complete. */
const MAX_LENGTH = 60;

/** How much of two long values is kept in front of their first difference. */
const CONTEXT = 20;

/** A value in a sentence, shortened if it is long. */
export function valueText(value: Json): string {
  return shortened(JSON.stringify(value), 0);
}

/** `maxItems of "roles" went from 10 to 5`, or that it was added or removed. */
export function describeChange(subject: string, from: Json | undefined, to: Json | undefined): string {
  if (from === undefined) return to === undefined ? `${subject} is unset` : `${subject} was added: ${valueText(to)}`;
  if (to === undefined) return `${subject} was removed: ${valueText(from)}`;
  const [old, now] = [JSON.stringify(from), JSON.stringify(to)];
  const start = firstDifference(old, now);
  return `${subject} went from ${shortened(old, start)} to ${shortened(now, start)}`;
}

/** `"a"`, `"a" and "b"`, `"a", "b" and "c"`. */
export function listText(values: readonly Json[]): string {
  const texts = values.map(valueText);
  const last = texts.at(-1) ?? 'nothing';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} and ${last}`;
}

/**
 * At most `MAX_LENGTH` characters of a text.
 * @param difference - the offset that must be visible: the end is cut, and the start if the offset lies too far back
 */
function shortened(text: string, difference: number): string {
  if (text.length <= MAX_LENGTH) return text;
  const isNearStart = difference < MAX_LENGTH - CONTEXT;
  if (isNearStart) return `${text.slice(0, MAX_LENGTH - 1)}…`;
  const start = difference - CONTEXT;
  if (text.length - start < MAX_LENGTH) return `…${text.slice(1 - MAX_LENGTH)}`;
  return `…${text.slice(start, start + MAX_LENGTH - 2)}…`;
}

function firstDifference(left: string, right: string): number {
  let at = 0;
  while (at < left.length && at < right.length && left[at] === right[at]) at += 1;
  return at;
}
