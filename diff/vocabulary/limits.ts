import { isDeepStrictEqual } from 'node:util';
import type { Limit } from '../../contract/contract.js';
import { joinPointer } from '../../contract/pointer.js';
import { type Change, changeAt } from '../change.js';
import { describeChange } from '../report/wording.js';

/** Compares limits. Two limits correspond when they count per the same sides. */
export function compareLimits(subject: string, before: readonly Limit[], after: readonly Limit[]): readonly Change[] {
  return [
    ...before.flatMap((old) => {
      const now = after.find((limit) => isDeepStrictEqual(limit.per, old.per));
      const name = limitName(subject, old);
      if (now !== undefined) return compareLimit(name, old, now);
      return [changeAt('quota-removed', old.pointer, `${name} (${old.max}) was removed`, { from: old.max })];
    }),
    ...after.flatMap((now) =>
      before.some((old) => isDeepStrictEqual(now.per, old.per))
        ? []
        : [
            changeAt('quota-added', now.pointer, `${limitName(subject, now)} was added: ${now.max}`, {
              to: now.max,
            }),
          ],
    ),
  ];
}

function compareLimit(subject: string, old: Limit, now: Limit): readonly Change[] {
  const changes: Change[] = [];
  if (old.max !== now.max) {
    const kind = now.max < old.max ? 'quota-lowered' : 'quota-raised';
    const pointer = joinPointer(now.pointer, 'max');
    changes.push(changeAt(kind, pointer, describeChange(subject, old.max, now.max), { from: old.max, to: now.max }));
  }
  if (old.disputed !== now.disputed) {
    const what = describeChange(`the disputed value of ${subject}`, old.disputed, now.disputed);
    const values = { from: old.disputed, to: now.disputed };
    changes.push(changeAt('quota-disputed', joinPointer(now.pointer, 'disputed'), what, values));
  }
  if (old.problem !== now.problem) {
    const what = describeChange(`the problem beyond ${subject}`, old.problem, now.problem);
    const values = { from: old.problem, to: now.problem };
    changes.push(changeAt('quota-problem-changed', joinPointer(now.pointer, 'problem'), what, values));
  }
  return changes;
}

function limitName(subject: string, { per }: Limit): string {
  return `the limit of "${subject}" per ${per.length === 0 ? 'tenant' : per.join(' and ')}`;
}
