import type { Outcome } from '../engine/event.js';
import { type Family, families } from '../finding/finding.js';
import { notAccepted } from './baseline.js';
import type { Report, ReportedCheck } from './report.js';

/** The outcome of a check as people see it: what the baseline accepts is no failure. */
export type ShownOutcome = Outcome | 'accepted';

/** The outcome of all checks of one family for one operation; absent where there were none. */
export interface MatrixRow {
  readonly operation: string;
  readonly cells: Readonly<Partial<Record<Family, ShownOutcome>>>;
}

export interface Matrix {
  readonly families: readonly Family[];
  readonly rows: readonly MatrixRow[];
}

/** Of several outcomes, the first of these counts: a skip beside passes does not hide them. */
const WEIGHT: readonly ShownOutcome[] = ['failed', 'warned', 'accepted', 'observed', 'passed', 'skipped'];

export const MARKS: Readonly<Record<ShownOutcome, string>> = {
  passed: '✓',
  failed: '✗',
  warned: '!',
  accepted: '=',
  observed: '~',
  skipped: '–',
};

/** The outcomes that a legend explains: `accepted` only where a baseline accepts something. */
export function legendOf({ baseline }: Pick<Report, 'baseline'>): readonly (readonly [ShownOutcome, mark: string])[] {
  const names: readonly ShownOutcome[] = ['passed', 'failed', 'warned', 'accepted', 'observed', 'skipped'];
  const isUsed = (name: ShownOutcome) => name !== 'accepted' || (baseline?.accepted ?? []).length > 0;
  return names.filter(isUsed).map((name) => [name, MARKS[name]] as const);
}

/** The outcome of each check without what the baseline accepts. */
export function shownOutcomes({
  findings,
  baseline,
}: Pick<Report, 'findings' | 'baseline'>): (check: ReportedCheck) => ShownOutcome {
  const judged = findings.filter(({ severity }) => severity !== 'observed');
  const counting = new Set(notAccepted(judged, baseline));
  return ({ outcome, findings: own = [] }) => {
    const found = judged.filter(({ fingerprint }) => own.includes(fingerprint));
    if (found.length === 0 || (outcome !== 'failed' && outcome !== 'warned')) return outcome;
    const left = found.filter((finding) => counting.has(finding));
    if (left.length === 0) return 'accepted';
    return left.some(({ severity }) => severity === 'failed') ? outcome : 'warned';
  };
}

/** Operations by families, in the order of the report. */
export function matrixOf(report: Pick<Report, 'checks' | 'findings' | 'baseline'>): Matrix {
  const { checks } = report;
  const shown = shownOutcomes(report);
  const rows = new Map<string, Partial<Record<Family, ShownOutcome>>>();
  for (const check of checks) {
    const { operation, family } = check;
    const outcome = shown(check);
    const cells = rows.get(operation) ?? {};
    const known = cells[family];
    if (known === undefined || WEIGHT.indexOf(outcome) < WEIGHT.indexOf(known)) cells[family] = outcome;
    rows.set(operation, cells);
  }
  const used = families.filter((family) => checks.some((check) => check.family === family));
  return { families: used, rows: [...rows].map(([operation, cells]) => ({ operation, cells })) };
}
