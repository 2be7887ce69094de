import type { Outcome } from '../engine/event.js';
import { type Family, families } from '../finding.js';
import type { Report } from './report.js';

/** The outcome of all checks of one family for one operation; absent where there were none. */
export interface MatrixRow {
  readonly operation: string;
  readonly cells: Readonly<Partial<Record<Family, Outcome>>>;
}

export interface Matrix {
  readonly families: readonly Family[];
  readonly rows: readonly MatrixRow[];
}

/** Of several outcomes, the first of these counts: a skip beside passes does not hide them. */
const WEIGHT: readonly Outcome[] = ['failed', 'warned', 'observed', 'passed', 'skipped'];

export const MARKS: Readonly<Record<Outcome, string>> = {
  passed: '✓',
  failed: '✗',
  warned: '!',
  observed: '~',
  skipped: '–',
};

/** Operations by families, in the order of the report. */
export function matrixOf({ checks }: Pick<Report, 'checks'>): Matrix {
  const rows = new Map<string, Partial<Record<Family, Outcome>>>();
  for (const { operation, family, outcome } of checks) {
    const cells = rows.get(operation) ?? {};
    const known = cells[family];
    if (known === undefined || WEIGHT.indexOf(outcome) < WEIGHT.indexOf(known)) cells[family] = outcome;
    rows.set(operation, cells);
  }
  const used = families.filter((family) => checks.some((check) => check.family === family));
  return { families: used, rows: [...rows].map(([operation, cells]) => ({ operation, cells })) };
}
