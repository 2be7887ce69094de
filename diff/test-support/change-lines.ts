import type { Change } from '../change.js';

/** A change as a line for a person to read: kind, place, sentence, and the values before and after. */
export function changeLine({ kind, pointer, what, from, to }: Change): string {
  const values = [from, to].map((value) => (value === undefined ? '-' : JSON.stringify(value)));
  return `  ${kind} at ${pointer || '(root)'}: ${what} [${values.join(' → ')}]`;
}

/** The changes of each case below its name. */
export function changeText(cases: readonly (readonly [given: string, changes: readonly Change[]])[]): string {
  return cases
    .map(([given, changes]) => [given, ...changes.map(changeLine)].join('\n'))
    .join('\n\n')
    .concat('\n');
}
