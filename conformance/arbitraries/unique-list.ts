import fc from 'fast-check';
import type { Json } from '../../contract/contract.js';

interface Lengths {
  readonly minLength: number;
  readonly maxLength: number;
}

/**
 * Lists of different items. They are shorter than `minLength` if the items have too few values; `fc.uniqueArray` would
 * draw items without end then.
 */
export function uniqueList(item: fc.Arbitrary<Json>, { minLength, maxLength }: Lengths): fc.Arbitrary<Json[]> {
  // Any list of one item has no repeated one.
  const spare = minLength > 1 ? drawDifferent(item, minLength) : [];
  return fc
    .array(item, { minLength, maxLength })
    .map((drawn) => withoutRepeated([...drawn, ...spare]).slice(0, drawn.length));
}

/** The rounds of draws without a new value after which all values count as known. */
const MOST_IN_VAIN = 8;

/** As many different values as wanted, or all that there seem to be. */
function drawDifferent(item: fc.Arbitrary<Json>, wanted: number): readonly Json[] {
  let known: readonly Json[] = [];
  let inVain = 0;
  for (let seed = 1; known.length < wanted && inVain < MOST_IN_VAIN; seed += 1) {
    const before = known.length;
    known = withoutRepeated([...known, ...fc.sample(item, { numRuns: wanted, seed })]);
    inVain = known.length === before ? inVain + 1 : 0;
  }
  return known;
}

function withoutRepeated(values: readonly Json[]): Json[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size < seen.add(JSON.stringify(value)).size);
}
