/** A figure that was measured, and what must hold for it. */
export interface Measured {
  /** What the figure is of: `429s provoked`. */
  readonly what: string;
  readonly figure: string;
  /** What must hold; absent: the figure is only shown. */
  readonly bound?: string;
  readonly holds: boolean;
  /** What is wrong, one line each. */
  readonly details?: readonly string[];
}

/** Part of the harness: what it does, and how to measure it. */
export interface Trial {
  readonly name: string;
  readonly measure: () => Promise<readonly Measured[]>;
}

/** At most so many of something that is listed; all of it is named where there are more. */
export function atMost(most: number, what: string, listed: readonly string[]): Measured {
  const holds = listed.length <= most;
  return {
    what,
    figure: String(listed.length),
    bound: atMostText(most, String),
    holds,
    ...(holds ? {} : { details: listed }),
  };
}

/** A number that must be within a bound. @param shown - writes it: `(ms) => '147.7 s'` */
export function within(
  what: string,
  [value, most]: readonly [number, number],
  shown: (value: number) => string = String,
): Measured {
  return { what, figure: shown(value), bound: atMostText(most, shown), holds: value <= most };
}

function atMostText(most: number, shown: (value: number) => string): string {
  return most === 0 ? shown(most) : `≤ ${shown(most)}`;
}

/** A value that must be this one. */
export function exactly(what: string, figure: string, bound: string): Measured {
  return { what, figure, bound, holds: figure === bound };
}

export function shown(what: string, figure: string): Measured {
  return { what, figure, holds: true };
}

/** `1207.1 s` */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

const WIDTHS = [32, 26, 18, 12] as const;
const MOST_DETAILS = 20;

/** The lines of a trial in the table of all. */
export function formatTrial(name: string, all: readonly Measured[]): string {
  const lines = all.flatMap(({ what, figure, bound = '', holds, details = [] }, index) => [
    line([index === 0 ? name : '', what, figure, bound, bound === '' ? '' : holds ? '✓' : '✗']),
    ...details.slice(0, MOST_DETAILS).map((detail) => `    ${detail}\n`),
  ]);
  return lines.join('');
}

/** The first line of the table. */
export function formatHead(): string {
  return line(['trial', 'of', 'figure', 'must hold', '']);
}

function line(cells: readonly string[]): string {
  return `${cells
    .map((cell, at) => cell.padEnd(WIDTHS[at] ?? 0))
    .join(' ')
    .trimEnd()}\n`;
}
