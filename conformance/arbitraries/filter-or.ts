import fc from 'fast-check';

/** With fewer than one wanted value in so many, a filter draws too long. */
const TRIED = 40;

/** The wanted values, or others if hardly any is wanted: `filter` would draw without end then. */
export function filterOr<Value>(
  values: fc.Arbitrary<Value>,
  isWanted: (value: Value) => boolean,
  others: () => fc.Arbitrary<Value>,
): fc.Arbitrary<Value> {
  const isUsual = fc.sample(values, { numRuns: TRIED, seed: 1 }).some(isWanted);
  return isUsual ? values.filter(isWanted) : others();
}
