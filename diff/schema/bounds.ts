import { labelText } from './label.js';
import { type Pair, type Rule, reportValues } from './pair.js';
import { keywords, type Located, type Parts } from './site.js';

interface Bound {
  /** The name in messages. */
  readonly name: string;
  readonly inclusive: string;
  readonly exclusive?: string;
  /** 1: a higher value is tighter. -1: a lower value is tighter. */
  readonly sign: 1 | -1;
  /** The value where the keyword is absent. */
  readonly otherwise?: number;
}

const BOUNDS: readonly Bound[] = [
  { name: 'minimum', inclusive: 'minimum', exclusive: 'exclusiveMinimum', sign: 1 },
  { name: 'maximum', inclusive: 'maximum', exclusive: 'exclusiveMaximum', sign: -1 },
  { name: 'minLength', inclusive: 'minLength', sign: 1, otherwise: 0 },
  { name: 'maxLength', inclusive: 'maxLength', sign: -1 },
  { name: 'minItems', inclusive: 'minItems', sign: 1, otherwise: 0 },
  { name: 'maxItems', inclusive: 'maxItems', sign: -1 },
  { name: 'minProperties', inclusive: 'minProperties', sign: 1, otherwise: 0 },
  { name: 'maxProperties', inclusive: 'maxProperties', sign: -1 },
  { name: 'minContains', inclusive: 'minContains', sign: 1, otherwise: 1 },
  { name: 'maxContains', inclusive: 'maxContains', sign: -1 },
];

/** Compares every lower and upper bound. */
export const compareBounds: Rule = (pair) => {
  for (const bound of BOUNDS) compareBound(pair, bound);
};

function compareBound(pair: Pair, bound: Bound): void {
  const before = tightest(pair.before, bound);
  const after = tightest(pair.after, bound);
  const difference = tightness(after, bound) - tightness(before, bound);
  const sharper = Number(after?.exclusive ?? false) - Number(before?.exclusive ?? false);
  // Both unbounded: infinity minus infinity is NaN.
  if (Number.isNaN(difference) || (difference === 0 && sharper === 0)) return;
  const tighter = difference === 0 ? sharper > 0 : difference > 0;
  const verdict = tighter ? 'tightened' : 'loosened';
  const what = boundChange(`${bound.name} of ${labelText(pair.label)}`, before, after);
  reportValues(pair, `${pair.direction}-constraint-${verdict}`, what, [before?.located, after?.located]);
}

/** `minimum of "a" went from 1 to 1 (exclusive)`: the number alone may be the same. */
function boundChange(subject: string, before: Found | undefined, after: Found | undefined): string {
  const textOf = ({ value, exclusive }: Found): string => (exclusive ? `${value} (exclusive)` : `${value}`);
  if (before === undefined) return `${subject} was added${after === undefined ? '' : `: ${textOf(after)}`}`;
  if (after === undefined) return `${subject} was removed: ${textOf(before)}`;
  return `${subject} went from ${textOf(before)} to ${textOf(after)}`;
}

interface Found {
  readonly located: Located;
  readonly value: number;
  readonly exclusive: boolean;
}

/** A higher number means fewer valid values. */
function tightness(found: Found | undefined, { sign, otherwise }: Bound): number {
  return found === undefined ? (otherwise ?? Number.NEGATIVE_INFINITY) : found.value * sign;
}

function tightest(parts: Parts, bound: Bound): Found | undefined {
  const found = [
    ...numbers(parts, bound.inclusive, false),
    ...(bound.exclusive === undefined ? [] : numbers(parts, bound.exclusive, true)),
  ];
  return found.sort(
    (a, b) => tightness(b, bound) - tightness(a, bound) || Number(b.exclusive) - Number(a.exclusive),
  )[0];
}

function numbers(parts: Parts, keyword: string, exclusive: boolean): readonly Found[] {
  return keywords(parts, keyword).flatMap((located) =>
    typeof located.value === 'number' ? [{ located, value: located.value, exclusive }] : [],
  );
}
