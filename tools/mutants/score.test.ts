import { expect, test } from 'vitest';
import { formatScores, formatSurvivors, scoresOf, type TriedMutant } from './score.js';

const mutant = (file: string, line: number, status: string): TriedMutant => ({
  file,
  line,
  status,
  mutator: 'ConditionalExpression',
  replacement: 'false',
});
const mutants = [
  mutant('tenant/core.ts', 9, 'Survived'),
  mutant('tenant/core.ts', 3, 'NoCoverage'),
  mutant('tenant/core.ts', 4, 'Killed'),
  mutant('diff/change.ts', 1, 'Timeout'),
  mutant('diff/change.ts', 2, 'CompileError'),
  mutant('diff/change.ts', 2, 'Ignored'),
];

test('scores count what was tried, by area', () => {
  expect(formatScores(scoresOf(mutants))).toMatchInlineSnapshot(`
    "area                    killed  survived unreached     score
    diff                         1         0         0   100.0 %
    tenant                       1         1         1    33.3 %
    all                          2         1         1    50.0 %"
  `);
});

test('each survivor has a line with its place and its change', () => {
  expect(formatSurvivors(mutants)).toMatchInlineSnapshot(`
    "tenant/core.ts:3 ConditionalExpression (unreached) → false
    tenant/core.ts:9 ConditionalExpression → false"
  `);
});
