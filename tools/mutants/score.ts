import { AREAS, areaOf } from './areas.js';

/** A mutant and what became of it. */
export interface TriedMutant {
  /** Relative to the project. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly mutator: string;
  /** The code that the mutant replaces. */
  readonly original: string;
  readonly replacement: string;
  readonly status: string;
}

export interface AreaScore {
  readonly area: string;
  /** All of the area, also those that were not tried. */
  readonly mutants: number;
  readonly killed: number;
  readonly survived: number;
  /** Mutants that no test reaches. */
  readonly unreached: number;
}

const KILLED: ReadonlySet<string> = new Set(['Killed', 'Timeout']);
const counted = ({ status }: TriedMutant): boolean =>
  KILLED.has(status) || status === 'Survived' || status === 'NoCoverage';

/** The counts of each area that was tried. */
export function scoresOf(mutants: readonly TriedMutant[]): readonly AreaScore[] {
  return AREAS.flatMap((area): readonly AreaScore[] => {
    const own = mutants.filter(({ file, status }) => areaOf(file) === area && status !== 'Ignored');
    const tried = own.filter(counted);
    if (tried.length === 0) return [];
    return [
      {
        area,
        mutants: own.length,
        killed: tried.filter(({ status }) => KILLED.has(status)).length,
        survived: tried.filter(({ status }) => status === 'Survived').length,
        unreached: tried.filter(({ status }) => status === 'NoCoverage').length,
      },
    ];
  });
}

/** Killed mutants in percent of those tried. */
function percentOf({ killed, survived, unreached }: AreaScore): number {
  return (100 * killed) / (killed + survived + unreached);
}

/** A table, and the score of all: that of each area counts as much as the area has mutants. */
export function formatScores(scores: readonly AreaScore[]): string {
  const sum = (read: (score: AreaScore) => number): number => scores.reduce((total, one) => total + read(one), 0);
  const row = (area: string, counts: readonly number[], score: number): readonly string[] => [
    area,
    ...counts.map(String),
    `${score.toFixed(1)} %`,
  ];
  const countsOf = ({ mutants, killed, survived, unreached }: AreaScore): readonly number[] => [
    mutants,
    killed + survived + unreached,
    killed,
    survived,
    unreached,
  ];
  const totals = scores.map(countsOf).reduce((left, right) => left.map((count, index) => count + (right[index] ?? 0)));
  const weighted = sum((one) => percentOf(one) * one.mutants) / sum(({ mutants }) => mutants);
  const rows = [
    ['area', 'mutants', 'tried', 'killed', 'survived', 'unreached', 'score'],
    ...scores.map((one) => row(one.area, countsOf(one), percentOf(one))),
    row('all', totals, weighted),
  ];
  return rows
    .map(([area = '', ...counts]) => [area.padEnd(20), ...counts.map((count) => count.padStart(10))].join(''))
    .join('\n');
}

/** One line for each mutant that lived: its place, whether a test reached it, the code before and after. */
export function formatSurvivors(mutants: readonly TriedMutant[]): string {
  const lived = mutants.filter((one) => counted(one) && !KILLED.has(one.status));
  lived.sort((a, b) => (a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1));
  return lived
    .map(({ file, line, column, mutator, original, replacement, status }) => {
      const reached = status === 'NoCoverage' ? ' (unreached)' : '';
      return `${file}:${line}:${column} ${mutator}${reached}: ${excerpt(original)} → ${excerpt(replacement)}`;
    })
    .join('\n');
}

function excerpt(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
