import { isDeepStrictEqual } from 'node:util';
import type { Contract, Json, Operation, Pointer } from '../../contract/contract.js';
import { getPointer, isObject, joinPointer } from '../../contract/pointer.js';
import { type Finding, finding } from '../change.js';
import type { Comparison } from '../comparison.js';
import { listed } from '../report/wording.js';
import { renamedSchemes } from './security-schemes.js';

/** One way in, as the document writes it: all of these schemes together, with all of these scopes. */
interface Alternative {
  /** Sorted, under the names that the old contract gives them. */
  readonly schemes: readonly string[];
  readonly scopes: readonly string[];
  readonly disputed: boolean;
  readonly pointer: Pointer;
}

/** Compares which tokens are let in. */
export function compareSecurity(comparison: Comparison, before: Operation, after: Operation): readonly Finding[] {
  const old = alternativesOf(comparison.before, before, new Map());
  const now = alternativesOf(comparison.after, after, renamedSchemes(comparison.before, comparison.after));
  const pointer = `${after.pointer}/security`;
  if (old.length === 0 && now.length === 0) return [];
  if (old.length === 0) return [finding('authentication-required', pointer, `a token is needed: ${anyOf(now)}`)];
  if (now.length === 0) return [finding('authentication-dropped', pointer, 'no token is needed any more')];
  const used = new Set<Alternative>();
  const findings = old.flatMap((alternative) => followUp(alternative, now, used));
  const added = now.filter((alternative) => !used.has(alternative));
  return [
    ...findings,
    ...added.map((alternative) =>
      finding('alternative-added', alternative.pointer, `${naming(alternative)} is let in too`, {
        to: alternative.scopes,
      }),
    ),
  ];
}

/**
 * The requirements of an operation. They are read from the document, since the contract leaves out those without scopes
 * beside those with: a caller with a key has to know when its key is not enough any more.
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
  // `{}` says that no token is needed.
  return alternatives.some(({ schemes }) => schemes.length === 0) ? [] : alternatives;
}

/** What has become of one way in. */
function followUp(alternative: Alternative, now: readonly Alternative[], used: Set<Alternative>): readonly Finding[] {
  const { scopes: from, schemes, disputed } = alternative;
  // What the sources disagree about does not make up for what was sure, unless it is the same alternative still.
  const sure = now.filter((candidate) => disputed || !candidate.disputed || isDeepStrictEqual(candidate.scopes, from));
  // The closest to what it was: an equal one goes before one that asks for less, and that before one that asks for more.
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
    const what = `${naming(alternative)} is not enough any more, ${listed(missing(stricter.scopes, from))} is needed too`;
    return [finding('scope-required', stricter.pointer, what, { from, to: stricter.scopes })];
  }
  const note = disputed ? ', the sources disagreed about it' : '';
  return [
    finding('alternative-removed', alternative.pointer, `${naming(alternative)} is not let in any more${note}`, {
      from,
    }),
  ];
}

function dropped(
  kind: 'scheme-dropped' | 'scope-dropped',
  old: Alternative,
  now: Alternative,
  names: readonly string[],
): readonly Finding[] {
  if (names.length === 0) return [];
  const what = `${naming(old)} needs no ${listed(names)} any more`;
  const values =
    kind === 'scope-dropped' ? { from: old.scopes, to: now.scopes } : { from: old.schemes, to: now.schemes };
  return [finding(kind, now.pointer, what, values)];
}

/** Those of the first that are not in the second. */
function missing(names: readonly string[], others: readonly string[]): readonly string[] {
  return names.filter((name) => !others.includes(name));
}

function byMost(a: Alternative, b: Alternative): number {
  return b.schemes.length - a.schemes.length || b.scopes.length - a.scopes.length;
}

function naming({ schemes, scopes }: Alternative): string {
  return scopes.length === 0 ? `a token of ${listed(schemes)}` : `a token with ${listed(scopes)}`;
}

function anyOf(alternatives: readonly Alternative[]): string {
  return alternatives.map(naming).join(', or ');
}
