import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { describeChange, listText } from '../report/wording.js';
import { labelText } from './label.js';
import { type Pair, type Rule, reportValues } from './pair.js';
import { keyword, keywords } from './site.js';

/** Keywords with text for readers. */
const WORDS = ['title', 'description', 'example', 'examples'];

/** Compares keywords that do not affect validity. */
export const compareAnnotations: Rule = (pair) => {
  for (const name of WORDS) {
    const [before, after] = [keyword(pair.before, name), keyword(pair.after, name)];
    if (isDeepStrictEqual(before?.value, after?.value)) continue;
    reportValues(pair, 'schema-described', `${name} of ${labelText(pair.label)} changed`, [before, after]);
  }
  compareDeprecation(pair);
  compareDefault(pair);
  compareRole(pair);
};

function compareDeprecation(pair: Pair): void {
  const [before, after] = [keyword(pair.before, 'deprecated'), keyword(pair.after, 'deprecated')];
  const now = after?.value === true;
  if (now === (before?.value === true)) return;
  const what = `${labelText(pair.label)} is ${now ? 'deprecated' : 'no longer deprecated'}`;
  reportValues(pair, now ? 'schema-deprecated' : 'schema-undeprecated', what, [before, after]);
}

function compareDefault(pair: Pair): void {
  const [before, after] = [keyword(pair.before, 'default'), keyword(pair.after, 'default')];
  if (isDeepStrictEqual(before?.value, after?.value)) return;
  const what = describeChange(`default of ${labelText(pair.label)}`, before?.value, after?.value);
  const happened = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const kind = pair.direction === 'request' ? (`request-default-${happened}` as const) : 'schema-described';
  reportValues(pair, kind, what, [before, after]);
}

function compareRole(pair: Pair): void {
  if (pair.direction === 'request') return;
  const [before, after] = [keyword(pair.before, 'x-value'), keyword(pair.after, 'x-value')];
  if (isDeepStrictEqual(before?.value, after?.value)) return;
  const old = new Set(scopesOf(before?.value));
  const added = scopesOf(after?.value).filter((scope) => !old.has(scope));
  if (added.length > 0) {
    reportValues(pair, 'value-needs-scope', `${labelText(pair.label)} requires ${listText(added)}`, [before, after]);
  } else {
    const what = describeChange(`x-value of ${labelText(pair.label)}`, before?.value, after?.value);
    reportValues(pair, 'value-role-changed', what, [before, after]);
  }
}

function scopesOf(role: Json | undefined): readonly string[] {
  return isObject(role) && Array.isArray(role.scopes) ? role.scopes.map(String) : [];
}

/** Compares whether a schema is `false`, which no value satisfies. */
export const compareNever: Rule = (pair) => {
  if (pair.before.never === pair.after.never) return;
  const word = pair.after.never ? 'no value is valid any more' : 'no value was valid before';
  const before = keywords(pair.before, 'type')[0];
  const verdict = pair.after.never ? 'tightened' : 'loosened';
  reportValues(pair, `${pair.direction}-constraint-${verdict}`, `${labelText(pair.label)}: ${word}`, [
    before,
    undefined,
  ]);
};
