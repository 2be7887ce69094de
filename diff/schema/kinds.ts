import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { type Rule, reportConstraint, type Verdict } from './pair.js';
import { keyword } from './site.js';

/** Compares what bodies require by the kind of their item. */
export const compareKinds: Rule = (pair) => {
  if (pair.direction === 'response') return;
  const [before, after] = [keyword(pair.before, 'x-kinds'), keyword(pair.after, 'x-kinds')];
  if (isDeepStrictEqual(before?.value, after?.value)) return;
  const [old, now] = [rulesOf(before?.value), rulesOf(after?.value)];
  const isTighter = old === undefined || (now !== undefined && hasMoreRules(old, now));
  const isLooser = now === undefined || (old !== undefined && hasMoreRules(now, old));
  const verdict: Verdict = isTighter === isLooser ? 'changed' : isTighter ? 'tightened' : 'loosened';
  reportConstraint(pair, 'x-kinds', verdict, [before, after]);
};

/** Kind → its rules, each as a text. */
type Rules = ReadonlyMap<string, ReadonlySet<string>>;

function rulesOf(kinds: Json | undefined): Rules | undefined {
  if (!isObject(kinds)) return undefined;
  return new Map(
    Object.entries(kinds).map(([kind, rules]) => [
      kind,
      new Set(
        Object.entries(isObject(rules) ? rules : {}).flatMap(([rule, names]) =>
          Array.isArray(names) ? names.map((name) => `${rule} ${String(name)}`) : [],
        ),
      ),
    ]),
  );
}

/** Whether bodies that fit the first rules may break the others: a kind is missing, or has more rules. */
function hasMoreRules(rules: Rules, others: Rules): boolean {
  return [...rules].some(([kind, known]) => [...(others.get(kind) ?? ['none'])].some((rule) => !known.has(rule)));
}
