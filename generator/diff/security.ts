import { isDeepStrictEqual } from 'node:util';
import type { Operation, SecurityAlternative } from '../../spec/contract/contract.js';
import { type Finding, finding } from './change.js';
import { listed } from './wording.js';

/** Compares which tokens are let in. */
export function compareSecurity(before: Operation, after: Operation): readonly Finding[] {
  const { security: old } = before;
  const { security: now } = after;
  const pointer = `${after.pointer}/security`;
  if (old.length === 0 && now.length === 0) return [];
  if (old.length === 0) return [finding('authentication-required', pointer, `a token is needed: ${anyOf(now)}`)];
  if (now.length === 0) return [finding('authentication-dropped', pointer, 'no token is needed any more')];
  const used = new Set<SecurityAlternative>();
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

/** What has become of one way in. */
function followUp(
  alternative: SecurityAlternative,
  now: readonly SecurityAlternative[],
  used: Set<SecurityAlternative>,
): readonly Finding[] {
  const { scopes: from, scheme, disputed } = alternative;
  // What the sources disagree about does not make up for what was sure, unless it is the same alternative still.
  const sameScheme = now.filter(
    (candidate) =>
      candidate.scheme === scheme && (disputed || !candidate.disputed || isDeepStrictEqual(candidate.scopes, from)),
  );
  // The closest to what it was: an equal one goes before one with fewer scopes, and that before one with more.
  const open = sameScheme.filter(({ scopes }) => missing(scopes, from).length === 0).sort(byMostScopes)[0];
  if (open !== undefined) {
    used.add(open);
    const dropped = missing(from, open.scopes);
    if (dropped.length === 0) return [];
    const what = `${naming(alternative)} needs no ${listed(dropped)} any more`;
    return [finding('scope-dropped', open.pointer, what, { from, to: open.scopes })];
  }
  const stricter = sameScheme
    .filter(({ scopes }) => missing(from, scopes).length === 0)
    .sort(byMostScopes)
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

/** Those of the first that are not in the second. */
function missing(scopes: readonly string[], others: readonly string[]): readonly string[] {
  return scopes.filter((scope) => !others.includes(scope));
}

function byMostScopes(a: SecurityAlternative, b: SecurityAlternative): number {
  return b.scopes.length - a.scopes.length;
}

function naming({ scheme, scopes }: SecurityAlternative): string {
  return scopes.length === 0 ? `a token of "${scheme}"` : `a token with ${listed(scopes)}`;
}

function anyOf(alternatives: readonly SecurityAlternative[]): string {
  return alternatives.map(naming).join(', or ');
}
