import { isDerived } from '../../contract/is-derived.js';
import { isObject } from '../../contract/pointer.js';
import { withArticle } from '../../contract/text/with-article.js';
import type { ReplayContract } from '../recorded/replay-contract.js';
import { effectOf, isSuccess, type RoutedStep } from '../recorded/step.js';

/** Refusals for reasons of the service: that something is not paid for, not allowed, taken, in use, or locked. */
const OWN_REASONS: ReadonlySet<number> = new Set([402, 403, 409, 412, 423]);

/**
 * Why a recorded refusal is not repeated at the embedded tenant of somebody's document. It would accept the request, and
 * later answers would show that.
 */
export function unstatedRefusal(known: ReplayContract, step: RoutedStep): string | undefined {
  const effect = effectOf(step);
  const { status } = step.exchange.response;
  if (known.isStated) return undefined;
  if (status === 429) return 'a rate limit was exceeded';
  if (effect === undefined || !isDerived(known.contract, effect.target)) return undefined;
  // Adding what is there, or removing what is not, changes nothing.
  const isHarmless = status === 409 && (effect.kind === 'add' || effect.kind === 'remove');
  if (!OWN_REASONS.has(status) || isHarmless) return undefined;
  if (status === 409 && effect.kind !== 'delete')
    return `the contract does not say which values of ${withArticle(effect.target)} must be unique`;
  return `the contract does not say when the service answers ${status}`;
}

/**
 * Why the answer of the embedded tenant of somebody's document says nothing of what was recorded.
 * @param status - what the tenant answered
 */
export function unstatedReason(known: ReplayContract, step: RoutedStep, status: number): string | undefined {
  if (known.isStated) return undefined;
  const { status: recorded } = step.exchange.response;
  if (recorded >= 400 && recorded < 500 && status >= 400 && recorded !== status)
    return `the contract does not say whether such a request is refused with ${recorded} or ${status}`;
  const effect = effectOf(step);
  if (effect === undefined)
    return status >= 400
      ? undefined
      : 'the contract does not say what the operation does, so the embedded tenant makes up an answer';
  const { kind, target } = effect;
  const isRefused = recorded >= 400 && status < 300 && isDerived(known.contract, target);
  if (isRefused && (kind === 'add' || kind === 'remove'))
    return `the contract does not say whether ${target} may be added again, or removed where there are none`;
  return unstatedName(known, step) ?? unstatedParameter(step);
}

/** A path that names an item by something else than its key, as the answer shows. */
function unstatedName({ contract }: ReplayContract, step: RoutedStep): string | undefined {
  const effect = effectOf(step);
  const { body } = step.exchange.response;
  const resource = effect?.on === 'resource' ? contract.resources.get(effect.target) : undefined;
  const parameter = effect?.of[effect.target];
  if (resource === undefined || parameter === undefined || !isSuccess(step) || !isObject(body)) return undefined;
  const [named, key] = [step.match.path[parameter], body[resource.key]];
  return typeof key !== 'string' || key === named || !isDerived(contract, resource.name)
    ? undefined
    : `the contract does not say that a path may name ${withArticle(resource.name)} by something else than its "${resource.key}"`;
}

/** A parameter in the query of a successful listing of which the contract does not say what it does. */
function unstatedParameter(step: RoutedStep): string | undefined {
  if (effectOf(step)?.kind !== 'list' || !isSuccess(step)) return undefined;
  const unstated = step.match.operation.parameters.filter((each) => each.in === 'query' && each.query === undefined);
  const ignored = unstated.find(({ name }) => Object.hasOwn(step.query, name))?.name;
  return ignored === undefined
    ? undefined
    : `the contract does not say what the parameter "${ignored}" does, so the embedded tenant ignores it`;
}
