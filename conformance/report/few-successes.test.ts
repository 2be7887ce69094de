import { expect, test } from 'vitest';
import { fewSuccesses } from './few-successes.js';

const checks = (count: number, outcome: 'observed' | 'skipped' = 'observed', id = 'documented-success') =>
  Array.from({ length: count }, (_, index) => ({ id, operation: `o${index}`, outcome }));
const hits = (status: number, ...operations: readonly string[]) =>
  operations.map((operation) => ({ operation, status, hits: 1 }));

test.each<[string, Parameters<typeof fewSuccesses>, string | undefined]>([
  ['none of five', [checks(5), hits(404, 'o0', 'o1')], 'None of 5 operations succeeded.'],
  ['one of twelve', [checks(12), [...hits(200, 'o3'), ...hits(404, 'o4')]], 'Only 1 of 12 operations succeeded.'],
  ['one of ten', [checks(10), hits(204, 'o3')], undefined],
  ['none of four', [checks(4), []], undefined],
  ['those that were not tried', [checks(30, 'skipped'), []], undefined],
  ['those that only get invalid requests', [checks(30, 'observed', 'invalid-body'), []], undefined],
  ['successes of others', [checks(6), hits(200, 'other')], 'None of 6 operations succeeded.'],
])('%s', (_, given, want) => {
  const reason = fewSuccesses(...given);
  if (want === undefined) expect(reason).toBeUndefined();
  else expect(reason).toContain(want);
});
