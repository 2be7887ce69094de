import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../contract/contract.js';
import { listText } from '../report/wording.js';
import { labelText } from './label.js';
import { type Rule, reportConstraint, reportValues } from './pair.js';
import { keywords, type Located, type Parts } from './site.js';

/** Compares `enum` and `const`, an `enum` with one value. */
export const compareEnums: Rule = (pair) => {
  const before = valuesOf(pair.before);
  const after = valuesOf(pair.after);
  if (before === undefined && after === undefined) return;
  if (before === undefined || after === undefined) {
    const verdict = before === undefined ? 'tightened' : 'loosened';
    reportConstraint(pair, 'enum', verdict, [before?.located, after?.located]);
    return;
  }
  const removed = without(before.values, after.values);
  const added = without(after.values, before.values);
  const report = (kind: 'removed' | 'added', values: readonly Json[], verb: string): void => {
    if (values.length === 0) return;
    const what = `enum of ${labelText(pair.label)} ${verb} ${listText(values)}`;
    reportValues(pair, `${pair.direction}-enum-values-${kind}`, what, [before.located, after.located]);
  };
  report('removed', removed, 'lost');
  report('added', added, 'gained');
};

interface Values {
  readonly values: readonly Json[];
  readonly located: Located;
}

function valuesOf(parts: Parts): Values | undefined {
  const lists = [
    ...keywords(parts, 'enum').map((located) => ({ values: [located.value].flat(), located })),
    ...keywords(parts, 'const').map((located) => ({ values: [located.value], located })),
  ];
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  const values = others.reduce(
    (left: readonly Json[], { values }) =>
      left.filter((value) => values.some((other) => isDeepStrictEqual(value, other))),
    first.values,
  );
  return { values, located: first.located };
}

function without(values: readonly Json[], others: readonly Json[]): readonly Json[] {
  const scalars = new Set(others);
  return values.filter(
    (value) =>
      !scalars.has(value) && (typeof value !== 'object' || !others.some((other) => isDeepStrictEqual(value, other))),
  );
}
