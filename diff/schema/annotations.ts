import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { changed, listed } from '../report/wording.js';
import { naming } from './label.js';
import { type Pair, type Rule, reportValues } from './pair.js';
import { keyword, keywords } from './site.js';

/** Keywords that are words for readers. */
const WORDS = ['title', 'description', 'example', 'examples'];

/** Compares what does not decide whether a value fits. */
export const compareAnnotations: Rule = (pair) => {
  for (const name of WORDS) {
    const [before, after] = [keyword(pair.before, name), keyword(pair.after, name)];
    if (isDeepStrictEqual(before?.value, after?.value)) continue;
    reportValues(pair, 'schema-described', `${name} of ${naming(pair.label)} changed`, before, after);
  }
  compareDeprecation(pair);
  compareDefault(pair);
  compareRole(pair);
};

function compareDeprecation(pair: Pair): void {
  const [before, after] = [keyword(pair.before, 'deprecated'), keyword(pair.after, 'deprecated')];
  const now = after?.value === true;
  if (now === (before?.value === true)) return;
  const what = `${naming(pair.label)} is ${now ? 'deprecated' : 'no longer deprecated'}`;
  reportValues(pair, now ? 'schema-deprecated' : 'schema-undeprecated', what, before, after);
}

function compareDefault(pair: Pair): void {
  const [before, after] = [keyword(pair.before, 'default'), keyword(pair.after, 'default')];
  if (isDeepStrictEqual(before?.value, after?.value)) return;
  const what = changed(`default of ${naming(pair.label)}`, before?.value, after?.value);
  const happened = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  reportValues(
    pair,
    pair.direction === 'request' ? `request-default-${happened}` : 'schema-described',
    what,
    before,
    after,
  );
}

function compareRole(pair: Pair): void {
  if (pair.direction === 'request') return;
  const [before, after] = [keyword(pair.before, 'x-value'), keyword(pair.after, 'x-value')];
  if (isDeepStrictEqual(before?.value, after?.value)) return;
  const known = new Set(scopesOf(before?.value));
  const asked = scopesOf(after?.value).filter((scope) => !known.has(scope));
  if (asked.length > 0) {
    reportValues(pair, 'value-needs-scope', `${naming(pair.label)} needs ${listed(asked)}`, before, after);
  } else
    reportValues(
      pair,
      'value-role-changed',
      changed(`x-value of ${naming(pair.label)}`, before?.value, after?.value),
      before,
      after,
    );
}

function scopesOf(role: Json | undefined): readonly string[] {
  return isObject(role) && Array.isArray(role.scopes) ? role.scopes.map(String) : [];
}

/** `false` takes nothing. */
export const compareNever: Rule = (pair) => {
  if (pair.before.never === pair.after.never) return;
  const word = pair.after.never ? 'nothing fits any more' : 'it took nothing until now';
  const before = keywords(pair.before, 'type')[0];
  const verdict = pair.after.never ? 'tightened' : 'loosened';
  reportValues(pair, `${pair.direction}-constraint-${verdict}`, `${naming(pair.label)}: ${word}`, before, undefined);
};
