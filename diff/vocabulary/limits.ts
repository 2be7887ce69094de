import { isDeepStrictEqual } from 'node:util';
import type { Limit } from '../../contract/contract.js';
import { joinPointer } from '../../contract/pointer.js';
import { type Finding, finding } from '../change.js';
import { changed } from '../report/wording.js';

/** Compares how much one thing holds. Limits are the same when they count per the same sides. */
export function compareLimits(subject: string, before: readonly Limit[], after: readonly Limit[]): readonly Finding[] {
  return [
    ...before.flatMap((old) => {
      const now = after.find((limit) => isDeepStrictEqual(limit.per, old.per));
      const name = naming(subject, old);
      if (now !== undefined) return compareLimit(name, old, now);
      return [finding('quota-removed', old.pointer, `${name} was ${old.max}, there is none now`, { from: old.max })];
    }),
    ...after.flatMap((now) =>
      before.some((old) => isDeepStrictEqual(now.per, old.per))
        ? []
        : [
            finding('quota-added', now.pointer, `${naming(subject, now)} is ${now.max}, there was none`, {
              to: now.max,
            }),
          ],
    ),
  ];
}

function compareLimit(subject: string, old: Limit, now: Limit): readonly Finding[] {
  const findings: Finding[] = [];
  if (old.max !== now.max) {
    const kind = now.max < old.max ? 'quota-lowered' : 'quota-raised';
    const pointer = joinPointer(now.pointer, 'max');
    findings.push(finding(kind, pointer, changed(subject, old.max, now.max), { from: old.max, to: now.max }));
  }
  if (old.disputed !== now.disputed) {
    const what = changed(`the number that another source gives for ${subject}`, old.disputed, now.disputed);
    const values = { from: old.disputed, to: now.disputed };
    findings.push(finding('quota-disputed', joinPointer(now.pointer, 'disputed'), what, values));
  }
  if (old.problem !== now.problem) {
    const what = changed(`what the one too many of ${subject} gets`, old.problem, now.problem);
    const values = { from: old.problem, to: now.problem };
    findings.push(finding('quota-problem-changed', joinPointer(now.pointer, 'problem'), what, values));
  }
  return findings;
}

function naming(subject: string, { per }: Limit): string {
  return `the most of "${subject}" per ${per.length === 0 ? 'tenant' : per.join(' and ')}`;
}
