import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../contract/contract.js';
import { type Pair, type Rule, reportConstraint, type Verdict } from './pair.js';
import { keyword, keywords, type Located } from './site.js';

/** Keywords that `allOf` can repeat and whose values have no general order. */
const OPAQUE = ['pattern', 'format', 'multipleOf', 'contentEncoding', 'contentMediaType', 'dependentRequired'];

/** Keywords with schemas for which we cannot decide whether they accept more or fewer values. */
const COMPOUND = ['not', 'if', 'then', 'else'];

/** Pairs of formats: the first accepts every value of the second, and more. */
const WIDER_FORMATS: readonly (readonly [string, string])[] = [
  ['int64', 'int32'],
  ['double', 'float'],
];

export const compareAssertions: Rule = (pair) => {
  for (const name of OPAQUE) compareOpaque(pair, name);
  for (const name of COMPOUND) compareCompound(pair, name);
  compareUniqueness(pair);
};

function compareOpaque(pair: Pair, name: string): void {
  const before = keywords(pair.before, name);
  const after = keywords(pair.after, name);
  const removed = without(before, after);
  const added = without(after, before);
  const paired = Math.min(removed.length, added.length);
  for (let index = 0; index < Math.max(removed.length, added.length); index++) {
    const from = removed[index];
    const to = added[index];
    const verdict = index >= paired ? (from === undefined ? 'tightened' : 'loosened') : ordered(name, from, to);
    reportConstraint(pair, name, verdict, [from, to]);
  }
}

/** Whether one of two values accepts everything the other accepts. */
function ordered(name: string, from: Located | undefined, to: Located | undefined): Verdict {
  const [old, now] = [from?.value, to?.value];
  if (name === 'multipleOf' && typeof old === 'number' && typeof now === 'number') {
    if (Number.isInteger(now / old)) return 'tightened';
    if (Number.isInteger(old / now)) return 'loosened';
  }
  if (name === 'format') {
    if (WIDER_FORMATS.some(([wide, narrow]) => wide === old && narrow === now)) return 'tightened';
    if (WIDER_FORMATS.some(([wide, narrow]) => wide === now && narrow === old)) return 'loosened';
  }
  return 'changed';
}

function compareCompound(pair: Pair, name: string): void {
  const before = keywords(pair.before, name);
  const after = keywords(pair.after, name);
  if (before.length === 0 && after.length === 0) return;
  const old: readonly Json[] = before.map(({ value }) => pair.expandBefore(value));
  const now: readonly Json[] = after.map(({ value }) => pair.expandAfter(value));
  if (isDeepStrictEqual(old, now)) return;
  const verdict = before.length === 0 ? 'tightened' : after.length === 0 ? 'loosened' : 'changed';
  reportConstraint(pair, name, verdict, [before[0], after[0]]);
}

function compareUniqueness(pair: Pair): void {
  const before = keywords(pair.before, 'uniqueItems').find(({ value }) => value === true);
  const after = keywords(pair.after, 'uniqueItems').find(({ value }) => value === true);
  if ((before === undefined) === (after === undefined)) return;
  const verdict = before === undefined ? 'tightened' : 'loosened';
  reportConstraint(pair, 'uniqueItems', verdict, [
    before ?? keyword(pair.before, 'uniqueItems'),
    after ?? keyword(pair.after, 'uniqueItems'),
  ]);
}

function without(values: readonly Located[], others: readonly Located[]): readonly Located[] {
  return values.filter(({ value }) => !others.some((other) => isDeepStrictEqual(value, other.value)));
}
