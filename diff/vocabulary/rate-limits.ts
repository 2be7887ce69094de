import type { Contract, Json, RateLimit, RatePlan } from '../../contract/contract.js';
import { joinPointer } from '../../contract/pointer.js';
import { type Finding, finding } from '../change.js';
import { changed } from '../report/wording.js';

/** Compares how many requests a plan lets through, and how the answers tell. */
export function compareRateLimits(before: Contract, after: Contract): readonly Finding[] {
  const [old, now] = [before.rateLimit, after.rateLimit];
  if (old === undefined && now === undefined) return [];
  if (old === undefined) return [finding('rate-limit-added', now?.pointer ?? '', 'a rate limit is new')];
  if (now === undefined) return [finding('rate-limit-removed', old.pointer, 'the rate limit is gone')];
  return [...compareHeaders(old, now), ...comparePlans(old, now)];
}

function compareHeaders(old: RateLimit, now: RateLimit): readonly Finding[] {
  const names = ['limit', 'remaining', 'reset'] as const;
  const headers = names.flatMap((name) =>
    tell('rate-header-renamed', joinPointer(now.pointer, 'headers', name), `the header for "${name}"`, [
      old.headers[name],
      now.headers[name],
    ]),
  );
  const problem = joinPointer(now.pointer, 'problem');
  return [
    ...headers,
    ...tell('rate-problem-changed', problem, 'what one request too many gets', [old.problem, now.problem]),
  ];
}

function comparePlans(old: RateLimit, now: RateLimit): readonly Finding[] {
  const known = new Map(old.plans.map((plan) => [plan.name, plan]));
  const present = new Map(now.plans.map((plan) => [plan.name, plan]));
  return [
    ...old.plans.flatMap((plan) => {
      const partner = present.get(plan.name);
      const pointer = joinPointer((partner === undefined ? old : now).pointer, 'plans', plan.name);
      return partner === undefined
        ? [finding('rate-plan-removed', pointer, `plan "${plan.name}" is gone`, { from: plan.name })]
        : comparePlan(pointer, plan, partner);
    }),
    ...now.plans.flatMap(({ name }) => {
      const pointer = joinPointer(now.pointer, 'plans', name);
      return known.has(name) ? [] : [finding('rate-plan-added', pointer, `plan "${name}" is new`, { to: name })];
    }),
  ];
}

function comparePlan(pointer: string, old: RatePlan, now: RatePlan): readonly Finding[] {
  const rate = (name: 'burst' | 'perSecond', keyword: string, words: string): readonly Finding[] =>
    tell(
      now[name] < old[name] ? 'rate-lowered' : 'rate-raised',
      joinPointer(pointer, keyword),
      `${words} of plan "${now.name}"`,
      [old[name], now[name]],
    );
  return [...rate('burst', 'burst', 'burst'), ...rate('perSecond', 'per-second', 'requests per second')];
}

function tell(
  kind: Finding['kind'],
  pointer: string,
  subject: string,
  [from, to]: readonly [Json, Json],
): readonly Finding[] {
  return from === to ? [] : [finding(kind, pointer, changed(subject, from, to), { from, to })];
}
