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
  readonly killed: number;
  readonly survived: number;
  /** Mutants that no test reaches. */
  readonly unreached: number;
}

const KILLED: ReadonlySet<string> = new Set(['Killed', 'Timeout']);
const counted = ({ status }: TriedMutant): boolean =>
  KILLED.has(status) || status === 'Survived' || status === 'NoCoverage';

/** The counts of each area that was tried, and those of all. */
export function scoresOf(mutants: readonly TriedMutant[]): readonly AreaScore[] {
  const score = (area: string, of: readonly TriedMutant[]): AreaScore => ({
    area,
    killed: of.filter(({ status }) => KILLED.has(status)).length,
    survived: of.filter(({ status }) => status === 'Survived').length,
    unreached: of.filter(({ status }) => status === 'NoCoverage').length,
  });
  const tried = mutants.filter(counted);
  const areas = AREAS.map((area) =>
    score(
      area,
      tried.filter(({ file }) => areaOf(file) === area),
    ),
  ).filter(({ killed, survived, unreached }) => killed + survived + unreached > 0);
  return [...areas, score('all', tried)];
}

/** Killed mutants in percent of those tried. */
export function percentOf({ killed, survived, unreached }: AreaScore): number {
  return (100 * killed) / Math.max(1, killed + survived + unreached);
}

export function formatScores(scores: readonly AreaScore[]): string {
  const rows = [
    ['area', 'killed', 'survived', 'unreached', 'score'],
    ...scores.map((one) => [
      one.area,
      `${one.killed}`,
      `${one.survived}`,
      `${one.unreached}`,
      `${percentOf(one).toFixed(1)} %`,
    ]),
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
