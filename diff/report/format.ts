import type { Formatter } from 'picocolors/types.js';
import { printable } from '../../contract/text/printable.js';
import { type ContractChange, isBreaking, type Step, stepFor } from '../change.js';
import { KINDS } from '../kinds.js';

/** Styles of the terminal output. */
export interface Palette {
  readonly bold: Formatter;
  readonly dim: Formatter;
  readonly red: Formatter;
  readonly green: Formatter;
}

/** How many operations a heading names before it counts the rest. */
const MOST_NAMED = 3;

/** Formats changes by operation, groups with breaking changes first. Ends with a newline. */
export function formatChanges(changes: readonly ContractChange[], palette: Palette): string {
  const groups = groupsOf(changes);
  const sorted = [...groups.filter(breaks), ...groups.filter((group) => !breaks(group))];
  return `${[...sorted.map((group) => formatGroup(group, palette)), conclusion(changes, palette)].join('\n\n')}\n`;
}

interface Group {
  readonly operations: readonly string[];
  readonly changes: readonly ContractChange[];
}

/** Groups changes by the operations they affect, in order of appearance. */
function groupsOf(changes: readonly ContractChange[]): readonly Group[] {
  const groups = new Map<string, { operations: readonly string[]; changes: ContractChange[] }>();
  for (const change of changes) {
    const key = JSON.stringify(change.operations);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { operations: change.operations, changes: [change] });
    else group.changes.push(change);
  }
  return [...groups.values()];
}

function breaks({ changes }: Group): boolean {
  return changes.some(isBreaking);
}

const WIDTH = 'breaking'.length;
const INDENT = ' '.repeat(WIDTH + 4);

function formatGroup({ operations, changes }: Group, palette: Palette): string {
  const lines = changes.flatMap((change) => {
    const { impact, why } = KINDS[change.kind];
    const colour = impact === 'breaking' ? palette.red : impact === 'minor' ? palette.green : palette.dim;
    return [
      `  ${colour(impact.padEnd(WIDTH))}  ${printable(change.what)}:`,
      `${INDENT}${why}`,
      `${INDENT}${palette.dim(printable(`#${change.pointer}`))}`,
    ];
  });
  return [palette.bold(printable(heading(operations))), ...lines].join('\n');
}

function heading(operations: readonly string[]): string {
  if (operations.length === 0) return 'The whole contract';
  const more = operations.length - MOST_NAMED;
  const named = more > 0 ? [...operations.slice(0, MOST_NAMED), `${more} more`] : operations;
  const last = named.at(-1) ?? '';
  return named.length === 1 ? last : `${named.slice(0, -1).join(', ')} and ${last}`;
}

const CONCLUSIONS: Readonly<Record<Step, string>> = {
  major: 'the next version is major',
  minor: 'the next version is minor',
  patch: 'the next version is a patch',
  none: 'no new version is needed',
};

/** `3 breaking, 5 other changes: the next version is major` */
function conclusion(changes: readonly ContractChange[], palette: Palette): string {
  const breaking = changes.filter(isBreaking).length;
  const text = `${breaking} breaking, ${changes.length - breaking} other: ${CONCLUSIONS[stepFor(changes)]}`;
  return breaking > 0 ? palette.red(text) : palette.green(text);
}
