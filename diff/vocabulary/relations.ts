import { isDeepStrictEqual } from 'node:util';
import type { Contract, Relation } from '../../contract/contract.js';
import { joinPointer } from '../../contract/pointer.js';
import { type Change, changeAt } from '../change.js';
import { describeChange } from '../report/wording.js';
import { compareLimits } from './limits.js';

/** The changes of each relation, by its name. */
export function compareRelations(before: Contract, after: Contract): ReadonlyMap<string, readonly Change[]> {
  const names = new Set([...before.relations.keys(), ...after.relations.keys()]);
  return new Map(
    [...names].map((name) => [name, compareRelation(before.relations.get(name), after.relations.get(name))]),
  );
}

function compareRelation(old: Relation | undefined, now: Relation | undefined): readonly Change[] {
  if (old === undefined && now === undefined) return [];
  if (old === undefined) {
    return now === undefined ? [] : [changeAt('relation-added', now.pointer, `relation "${now.name}" was added`)];
  }
  if (now === undefined) return [changeAt('relation-removed', old.pointer, `relation "${old.name}" was removed`)];
  const subject = `relation "${now.name}"`;
  const changes: Change[] = [];
  if (!isDeepStrictEqual(new Set(old.between), new Set(now.between))) {
    const what = describeChange(`sides of ${subject}`, old.between, now.between);
    const values = { from: old.between, to: now.between };
    changes.push(changeAt('relation-sides-changed', joinPointer(now.pointer, 'between'), what, values));
  }
  if (!isDeepStrictEqual(new Set(old.carries), new Set(now.carries))) {
    const what = describeChange(`properties of the tuples of ${subject}`, old.carries, now.carries);
    const values = { from: old.carries, to: now.carries };
    changes.push(changeAt('relation-sides-changed', joinPointer(now.pointer, 'carries'), what, values));
  }
  if (old.follows !== now.follows) {
    const what = describeChange(`follows of ${subject}`, old.follows, now.follows);
    const values = { from: old.follows, to: now.follows };
    changes.push(changeAt('cascade-changed', joinPointer(now.pointer, 'follows'), what, values));
  }
  return [...changes, ...compareListed(subject, old, now), ...compareLimits(now.name, old.limits, now.limits)];
}

function compareListed(subject: string, old: Relation, now: Relation): readonly Change[] {
  const lacks = (relation: Relation, chain: readonly string[]): boolean =>
    !relation.shows.some((other) => isDeepStrictEqual(other, chain));
  return [
    ...old.shows.flatMap((chain, index) =>
      lacks(now, chain)
        ? [
            changeAt(
              'listing-shows-less',
              joinPointer(old.pointer, 'shows', index),
              `listings of ${subject} no longer include items through ${chain.join(' and ')}`,
              { from: chain },
            ),
          ]
        : [],
    ),
    ...now.shows.flatMap((chain, index) =>
      lacks(old, chain)
        ? [
            changeAt(
              'listing-shows-more',
              joinPointer(now.pointer, 'shows', index),
              `listings of ${subject} also include items through ${chain.join(' and ')}`,
              { to: chain },
            ),
          ]
        : [],
    ),
  ];
}
