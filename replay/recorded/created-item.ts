import { locatedKey } from '../../conformance/lookup/identity.js';
import type { JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { ReplayContract } from './replay-contract.js';
import { effectOf, isSuccess, type RoutedStep } from './step.js';

/** What the recorded answer to a creation shows of the new item: its body, or the key in its `Location`. */
export function createdItem({ contract }: ReplayContract, step: RoutedStep): JsonObject | undefined {
  const { request, response } = step.exchange;
  if (isObject(response.body)) return response.body;
  if (response.body !== undefined || !isSuccess(step)) return undefined;
  return locatedKey(contract, effectOf(step), request.path, response.headers?.location);
}
