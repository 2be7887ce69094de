import { isDerived } from '../../contract/is-derived.js';
import { withArticle } from '../../contract/text/with-article.js';
import type { ReplayContract } from '../recorded/replay-contract.js';
import { effectOf, isSuccess, type RoutedStep } from '../recorded/step.js';

/**
 * Why the answer of the embedded tenant of somebody's document says nothing of what was recorded.
 * @param status - what the tenant answered
 */
export function unstatedReason(known: ReplayContract, step: RoutedStep, status: number): string | undefined {
  if (known.isStated) return undefined;
  const effect = effectOf(step);
  if (effect === undefined)
    return status >= 400
      ? undefined
      : 'the contract does not say what the operation does, so the embedded tenant makes up an answer';
  const { status: recorded } = step.exchange.response;
  const { kind, target } = effect;
  const isRefused = recorded >= 400 && status < 300 && isDerived(known.contract, target);
  if (isRefused && (kind === 'add' || kind === 'remove'))
    return `the contract does not say whether ${target} may be added again, or removed where there are none`;
  if (isRefused && recorded === 409 && (kind === 'create' || kind === 'update'))
    return `the contract does not say which values of ${withArticle(target)} must be unique`;
  return unstatedParameter(step);
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
