import { isDeepStrictEqual } from 'node:util';
import type { Contract, Json, Operation, Pointer } from '../../contract/contract.js';
import { getPointer, isObject, joinPointer } from '../../contract/pointer.js';
import { type Change, changeAt } from '../change.js';
import type { Comparison } from '../comparison.js';
import { listText } from '../report/wording.js';
import { renamedSchemes } from './security-schemes.js';

/** One security requirement: all of these schemes together, with all of these scopes. */
interface Alternative {
  /** Sorted, with the names of the old contract. */
  readonly schemes: readonly string[];
  readonly scopes: readonly string[];
  readonly disputed: boolean;
  readonly pointer: Pointer;
}

/** Compares the security requirements of an operation. */
export function compareSecurity(comparison: Comparison, before: Operation, after: Operation): readonly Change[] {
  const old = alternativesOf(comparison.before, before, new Map());
  const now = alternativesOf(comparison.after, after, renamedSchemes(comparison.before, comparison.after));
  const pointer = `${after.pointer}/security`;
  if (old.length === 0 && now.length === 0) return [];
  if (old.length === 0) return [changeAt('authentication-required', pointer, `a token is now required: ${anyOf(now)}`)];
  if (now.length === 0) return [changeAt('authentication-dropped', pointer, 'a token is no longer required')];
  const used = new Set<Alternative>();
  const changes = old.flatMap((alternative) => followUp(alternative, now, used));
  const added = now.filter((alternative) => !used.has(alternative));
  return [
    ...changes,
    ...added.map((alternative) =>
      changeAt('alternative-added', alternative.pointer, `${tokenText(alternative)} is also accepted`, {
        to: alternative.scopes,
      }),
    ),
  ];
}

/**
 * The requirements of an operation, read from the document: the contract drops requirements without scopes beside
 * others with scopes, and callers with an API key need to see when the key is no longer accepted.
 */
function alternativesOf(
  contract: Contract,
  { pointer }: Operation,
  names: ReadonlyMap<string, string>,
): readonly Alternative[] {
  const own = getPointer(contract.document, `${pointer}/security`);
  const base = own === undefined ? '' : pointer;
  const requirements = own ?? contract.document.security;
  if (!Array.isArray(requirements)) return [];
  const alternatives = requirements.map((requirement: Json, index): Alternative => {
    const place = joinPointer(base, 'security', index);
    const entries = Object.entries(isObject(requirement) ? requirement : {});
    const scopes = entries.flatMap(([, list]) => (Array.isArray(list) ? list.map(String) : []));
    return {
      schemes: entries.map(([name]) => names.get(name) ?? name).sort(),
      scopes: [...new Set(scopes)],
      disputed: contract.evidenceAt(place).grade === 'disputed',
      pointer: place,
    };
  });
  // `{}` makes the token optional.
  return alternatives.some(({ schemes }) => schemes.length === 0) ? [] : alternatives;
}

/** The changes of one requirement. */
function followUp(alternative: Alternative, now: readonly Alternative[], used: Set<Alternative>): readonly Change[] {
  const { scopes: from, schemes, disputed } = alternative;
  // A disputed requirement does not replace a certain one, unless it is the same.
  const sure = now.filter((candidate) => disputed || !candidate.disputed || isDeepStrictEqual(candidate.scopes, from));
  // The closest match first: an equal requirement, then a weaker one, then a stricter one.
  const open = sure
    .filter((candidate) => missing(candidate.schemes, schemes).length === 0)
    .filter(({ scopes }) => missing(scopes, from).length === 0)
    .sort(byMost)[0];
  if (open !== undefined) {
    used.add(open);
    return [
      ...dropped('scheme-dropped', alternative, open, missing(schemes, open.schemes)),
      ...dropped('scope-dropped', alternative, open, missing(from, open.scopes)),
    ];
  }
  const stricter = sure
    .filter((candidate) => isDeepStrictEqual(candidate.schemes, schemes))
    .filter(({ scopes }) => missing(from, scopes).length === 0)
    .sort(byMost)
    .at(-1);
  if (stricter !== undefined) {
    used.add(stricter);
    const what = `${tokenText(alternative)} is no longer sufficient, ${listText(missing(stricter.scopes, from))} is also required`;
    return [changeAt('scope-required', stricter.pointer, what, { from, to: stricter.scopes })];
  }
  const note = disputed ? ' (its sources disagreed)' : '';
  return [
    changeAt('alternative-removed', alternative.pointer, `${tokenText(alternative)} is no longer accepted${note}`, {
      from,
    }),
  ];
}

function dropped(
  kind: 'scheme-dropped' | 'scope-dropped',
  old: Alternative,
  now: Alternative,
  names: readonly string[],
): readonly Change[] {
  if (names.length === 0) return [];
  const what = `${tokenText(old)} no longer needs ${listText(names)}`;
  const values =
    kind === 'scope-dropped' ? { from: old.scopes, to: now.scopes } : { from: old.schemes, to: now.schemes };
  return [changeAt(kind, now.pointer, what, values)];
}

/** The names that are not among the others. */
function missing(names: readonly string[], others: readonly string[]): readonly string[] {
  return names.filter((name) => !others.includes(name));
}

function byMost(a: Alternative, b: Alternative): number {
  return b.schemes.length - a.schemes.length || b.scopes.length - a.scopes.length;
}

function tokenText({ schemes, scopes }: Alternative): string {
  return scopes.length === 0 ? `a token of ${listText(schemes)}` : `a token with ${listText(scopes)}`;
}

function anyOf(alternatives: readonly Alternative[]): string {
  return alternatives.map(tokenText).join(', or ');
}
