/** One line of a benchmark's table. */
export interface Figure {
  readonly name: string;
  /** As measured, with its unit: `0.61 s`. */
  readonly measured: string;
  /** What it is compared to, and how: `1.31 × openapi-typescript`. */
  readonly ratio?: string;
  /** What it must keep, in words: `≤ 1.5`. Absent where it is only stated. */
  readonly bound?: string;
  /** Whether it keeps the bound. */
  readonly ok?: boolean;
}

/** The most that a number may be, as the columns of a figure. */
export function atMost(value: number, most: number, unit = ''): { readonly bound: string; readonly ok: boolean } {
  return { bound: `≤ ${count(most)}${unit}`, ok: value <= most };
}

/** The least that a number may be, as the columns of a figure. */
export function atLeast(value: number, least: number, unit = ''): { readonly bound: string; readonly ok: boolean } {
  return { bound: `≥ ${count(least)}${unit}`, ok: value >= least };
}

/** Milliseconds, with as many digits as tell something. */
export function duration(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`;
  if (milliseconds >= 10) return `${milliseconds.toFixed(0)} ms`;
  return milliseconds >= 0.1 ? `${milliseconds.toFixed(2)} ms` : `${(milliseconds * 1000).toFixed(1)} µs`;
}

/** A line for what could not be had, and why; where it has a bound, the bound is not kept. */
export function notMeasured(name: string, error: unknown, bound?: string): Figure {
  console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  return { name, measured: 'not measured', ...(bound === undefined ? {} : { bound, ok: false }) };
}

export function count(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 });
}

/** The table, and a last line that counts the bounds that are not kept. */
export function formatFigures(title: string, figures: readonly Figure[]): string {
  const rows = figures.map(({ name, measured, ratio = '', bound = '', ok }) => [
    name,
    measured,
    ratio,
    bound,
    ok === undefined ? '' : ok ? 'ok' : 'MISSED',
  ]);
  const table = [['figure', 'median', 'ratio', 'bound', 'ok'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(' | ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('-|-');
  const bounded = figures.filter(({ ok }) => ok !== undefined);
  const missed = bounded.filter(({ ok }) => ok === false);
  const [head = [], ...body] = table;
  const verdict =
    missed.length === 0
      ? `All ${bounded.length} bounds are kept.`
      : `MISSED ${missed.length} of ${bounded.length} bounds: ${missed.map(({ name }) => name).join('; ')}.`;
  return [`\n${title}\n`, line(head), rule, ...body.map(line), '', verdict, ''].join('\n');
}
