import type { Operation } from '../../contract/contract.js';
import type { SampleResult } from './exercise.js';

/** What came of one language. */
export interface LanguageResult {
  readonly language: string;
  readonly results: readonly SampleResult[];
  readonly seconds: number;
  /** Why none of its samples was run. */
  readonly skipped?: string;
}

const SIGNS: Readonly<Record<SampleResult['kind'], string>> = {
  worked: 'ok',
  wrong: 'FAIL',
  compiled: 'built',
  omitted: '-',
};

const NOT_RUN: Readonly<Partial<Record<SampleResult['kind'], string>>> = {
  compiled: 'only compiled',
  omitted: 'left out',
};

/** Operations by languages. */
export function matrix(operations: readonly Operation[], languages: readonly LanguageResult[]): string {
  const run = languages.filter(({ skipped }) => skipped === undefined);
  const width = Math.max(9, ...operations.map(({ id }) => id.length));
  const columns = run.map(({ language }) => language.padEnd(Math.max(5, language.length)));
  const lines = operations.map(({ id }) => {
    const cells = run.map(({ results }, index) => {
      const kind = results.find(({ operation }) => operation === id)?.kind;
      return (kind === undefined ? '' : SIGNS[kind]).padEnd(columns[index]?.length ?? 0);
    });
    return [id.padEnd(width), ...cells].join('  ').trimEnd();
  });
  return [['operation'.padEnd(width), ...columns].join('  ').trimEnd(), ...lines].join('\n');
}

/** One line for each language, then what is left out, and each failure. */
export function summary(languages: readonly LanguageResult[]): string {
  const lines = languages.map(({ language, results, seconds, skipped }) => {
    if (skipped !== undefined) return `${language.padEnd(12)}not run: ${skipped}`;
    const count = (kind: SampleResult['kind']) => results.filter((result) => result.kind === kind).length;
    const compiled = count('compiled') === 0 ? '' : `, ${count('compiled')} only compiled`;
    const figures = `${count('worked')} of ${results.length} worked, ${count('wrong')} failed${compiled}, ${count('omitted')} left out`;
    return `${language.padEnd(12)}${figures} (${seconds.toFixed(1)} s)`;
  });
  const all = languages.flatMap(({ results }) => results);
  return [
    ...lines,
    ...all.flatMap(({ kind, language, operation, reason }) =>
      kind in NOT_RUN ? [`${NOT_RUN[kind]}: ${language} ${operation}: ${reason}`] : [],
    ),
    ...all.flatMap(({ kind, language, operation, reason }) =>
      kind === 'wrong' ? [`failed: ${language} ${operation}: ${reason}`] : [],
    ),
  ].join('\n');
}
