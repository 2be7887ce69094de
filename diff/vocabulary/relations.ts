import { isDeepStrictEqual } from 'node:util';
import type { Contract, Relation } from '../../contract/contract.js';
import { joinPointer } from '../../contract/pointer.js';
import { type Finding, finding } from '../change.js';
import { changed } from '../report/wording.js';
import { compareLimits } from './limits.js';

/** What changed in each relation, by its name. */
export function compareRelations(before: Contract, after: Contract): ReadonlyMap<string, readonly Finding[]> {
  const names = new Set([...before.relations.keys(), ...after.relations.keys()]);
  return new Map(
    [...names].map((name) => [name, compareRelation(before.relations.get(name), after.relations.get(name))]),
  );
}

function compareRelation(old: Relation | undefined, now: Relation | undefined): readonly Finding[] {
  if (old === undefined && now === undefined) return [];
  if (old === undefined) {
    return now === undefined ? [] : [finding('relation-added', now.pointer, `relation "${now.name}" is new`)];
  }
  if (now === undefined) return [finding('relation-removed', old.pointer, `relation "${old.name}" is gone`)];
  const subject = `relation "${now.name}"`;
  const findings: Finding[] = [];
  if (!isDeepStrictEqual(new Set(old.between), new Set(now.between))) {
    const what = changed(`sides of ${subject}`, old.between, now.between);
    const values = { from: old.between, to: now.between };
    findings.push(finding('relation-sides-changed', joinPointer(now.pointer, 'between'), what, values));
  }
  if (old.follows !== now.follows) {
    const what = changed(`what ${subject} goes with`, old.follows, now.follows);
    const values = { from: old.follows, to: now.follows };
    findings.push(finding('cascade-changed', joinPointer(now.pointer, 'follows'), what, values));
  }
  return [...findings, ...compareShown(subject, old, now), ...compareLimits(now.name, old.limits, now.limits)];
}

function compareShown(subject: string, old: Relation, now: Relation): readonly Finding[] {
  const lacks = (relation: Relation, chain: readonly string[]): boolean =>
    !relation.shows.some((other) => isDeepStrictEqual(other, chain));
  return [
    ...old.shows.flatMap((chain, index) =>
      lacks(now, chain)
        ? [
            finding(
              'listing-shows-less',
              joinPointer(old.pointer, 'shows', index),
              `listings of ${subject} no longer show what ${chain.join(' and ')} lead to`,
              { from: chain },
            ),
          ]
        : [],
    ),
    ...now.shows.flatMap((chain, index) =>
      lacks(old, chain)
        ? [
            finding(
              'listing-shows-more',
              joinPointer(now.pointer, 'shows', index),
              `listings of ${subject} also show what ${chain.join(' and ')} lead to`,
              { to: chain },
            ),
          ]
        : [],
    ),
  ];
}
