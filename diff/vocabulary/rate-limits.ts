import type { Contract, Json, Rate, RateLimit, RatePlan } from '../../contract/contract.js';
import { joinPointer } from '../../contract/pointer.js';
import { type Change, changeAt } from '../change.js';
import { describeChange } from '../report/wording.js';

/** Compares the rates of each plan and the headers that report them. */
export function compareRateLimits(before: Contract, after: Contract): readonly Change[] {
  const [old, now] = [before.rateLimit, after.rateLimit];
  if (old === undefined && now === undefined) return [];
  if (old === undefined) return [changeAt('rate-limit-added', now?.pointer ?? '', 'a rate limit was added')];
  if (now === undefined) return [changeAt('rate-limit-removed', old.pointer, 'the rate limit was removed')];
  return [...compareHeaders(old, now), ...comparePlans(old, now)];
}

function compareHeaders(old: RateLimit, now: RateLimit): readonly Change[] {
  const names = ['limit', 'remaining', 'reset'] as const;
  const headers = names.flatMap((name) =>
    compareValue('rate-header-renamed', joinPointer(now.pointer, 'headers', name), `the header for "${name}"`, [
      old.headers[name],
      now.headers[name],
    ]),
  );
  const problem = joinPointer(now.pointer, 'problem');
  return [
    ...headers,
    ...compareValue('rate-problem-changed', problem, 'the problem beyond the rate limit', [old.problem, now.problem]),
  ];
}

function comparePlans(old: RateLimit, now: RateLimit): readonly Change[] {
  const oldPlans = new Map(old.plans.map((plan) => [plan.name, plan]));
  const newPlans = new Map(now.plans.map((plan) => [plan.name, plan]));
  return [
    ...old.plans.flatMap((plan) => {
      const partner = newPlans.get(plan.name);
      const pointer = joinPointer((partner === undefined ? old : now).pointer, 'plans', plan.name);
      return partner === undefined
        ? [changeAt('rate-plan-removed', pointer, `plan "${plan.name}" was removed`, { from: plan.name })]
        : comparePlan(pointer, plan, partner);
    }),
    ...now.plans.flatMap(({ name }) => {
      const pointer = joinPointer(now.pointer, 'plans', name);
      return oldPlans.has(name) ? [] : [changeAt('rate-plan-added', pointer, `plan "${name}" was added`, { to: name })];
    }),
  ];
}

/** A group that only one of the two lists drew, or draws, from the bucket of the plan. */
function comparePlan(pointer: string, old: RatePlan, now: RatePlan): readonly Change[] {
  const groups = new Set([...old.groups.keys(), ...now.groups.keys()]);
  return [
    ...compareRate(pointer, `plan "${now.name}"`, [old, now]),
    ...[...groups].flatMap((group) =>
      compareRate(joinPointer(pointer, 'groups', group), `group "${group}" of plan "${now.name}"`, [
        old.groups.get(group) ?? old,
        now.groups.get(group) ?? now,
      ]),
    ),
  ];
}

function compareRate(pointer: string, subject: string, [old, now]: readonly [Rate, Rate]): readonly Change[] {
  const rate = (name: keyof Rate, keyword: string, words: string): readonly Change[] =>
    compareValue(
      now[name] < old[name] ? 'rate-lowered' : 'rate-raised',
      joinPointer(pointer, keyword),
      `${words} of ${subject}`,
      [old[name], now[name]],
    );
  return [...rate('burst', 'burst', 'burst'), ...rate('perSecond', 'per-second', 'requests per second')];
}

function compareValue(
  kind: Change['kind'],
  pointer: string,
  subject: string,
  [from, to]: readonly [Json, Json],
): readonly Change[] {
  return from === to ? [] : [changeAt(kind, pointer, describeChange(subject, from, to), { from, to })];
}
