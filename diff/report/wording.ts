import type { Json } from '../../contract/contract.js';

/** Longer values are cut in sentences; `from` and `to` of a change have them whole. */
const MOST_SHOWN = 60;

/** A value as it stands in a sentence. */
export function show(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN - 1)}…`;
}

/** `maxItems of "roles" went from 10 to 5`, or that it came or went. */
export function changed(subject: string, from: Json | undefined, to: Json | undefined): string {
  if (from === undefined) return `${subject} is now ${to === undefined ? 'unset' : show(to)}, there was none`;
  if (to === undefined) return `${subject} was ${show(from)}, there is none now`;
  return `${subject} went from ${show(from)} to ${show(to)}`;
}

/** `"a"`, `"a" and "b"`, `"a", "b" and "c"`. */
export function listed(values: readonly Json[]): string {
  const shown = values.map(show);
  const last = shown.at(-1) ?? 'nothing';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}
