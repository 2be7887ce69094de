import { expect, test } from 'vitest';
import { formatScores, formatSurvivors, scoresOf, type TriedMutant } from './score.js';

const mutant = (file: string, line: number, status: string): TriedMutant => ({
  file,
  line,
  column: 5,
  status,
  mutator: 'ConditionalExpression',
  original: `count > ${'1'.repeat(9)} &&\n      ${'isReached && '.repeat(6)}true`,
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
    "area                   mutants     tried    killed  survived unreached     score
    diff                         2         1         1         0         0   100.0 %
    tenant                       3         3         1         1         1    33.3 %
    all                          5         4         2         1         1    60.0 %"
  `);
});

test('each survivor has a line with its place and its change', () => {
  expect(formatSurvivors(mutants)).toMatchInlineSnapshot(`
    "tenant/core.ts:3:5 ConditionalExpression (unreached): count > 111111111 && isReached && isReached && isReached && isReached && isReac… → false
    tenant/core.ts:9:5 ConditionalExpression: count > 111111111 && isReached && isReached && isReached && isReached && isReac… → false"
  `);
});
