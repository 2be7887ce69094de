import type { Schema } from '../contract.js';

/** Numbers that may fit the bounds of a schema, the likeliest first. */
export function numberSamples(shape: Schema, type: string): readonly number[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = shape;
  const step = typeof multipleOf === 'number' && multipleOf > 0 ? multipleOf : undefined;
  const unit = step ?? (type === 'integer' ? 1 : 0.5);
  const low = highest(minimum, typeof exclusiveMinimum === 'number' ? exclusiveMinimum + unit : undefined);
  const high = lowest(maximum, typeof exclusiveMaximum === 'number' ? exclusiveMaximum - unit : undefined);
  const wanted = low ?? (high === undefined ? 1 : Math.min(1, high));
  const between =
    typeof exclusiveMinimum === 'number' && typeof exclusiveMaximum === 'number'
      ? [(exclusiveMinimum + exclusiveMaximum) / 2]
      : [];
  if (step === undefined && type === 'number') return [wanted, ...between, ...(high === undefined ? [] : [high])];
  const up = multiple(Math.ceil(wanted / unit), unit);
  const down = multiple(Math.floor((high ?? wanted) / unit), unit);
  return high !== undefined && up > high ? [down, up] : [up, down];
}

/** 3 × 0.1 is 0.3, not 0.30000000000000004; products of whole numbers need no rounding. */
function multiple(count: number, unit: number): number {
  return Number.isInteger(unit) ? count * unit : Number((count * unit).toPrecision(15));
}

function highest(a: unknown, b: number | undefined): number | undefined {
  return typeof a === 'number' ? Math.max(a, b ?? a) : b;
}

function lowest(a: unknown, b: number | undefined): number | undefined {
  return typeof a === 'number' ? Math.min(a, b ?? a) : b;
}
