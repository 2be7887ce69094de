import type { Contract } from '../../contract/contract.js';
import { answeredItem, sentItem } from '../../contract/item-envelope.js';
import { isObject } from '../../contract/pointer.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { idOf, resourceNamed } from './identity.js';

/** A resource that got another key: from then on its paths have that. */
export interface Renamed {
  readonly resource: string;
  readonly from: string;
  readonly to: string;
}

/**
 * What an update renamed, where the answer shows the new key as it was sent. Without an answer to show it, only a key
 * with the run's mark counts: another may be somebody's.
 */
export function renamedBy(contract: Contract, exchange: Exchange, mark: string): Renamed | undefined {
  const { request, response } = exchange;
  const { effect, method } = request.operation ?? {};
  const parameter = effect?.kind === 'update' && effect.on === 'resource' ? effect.of[effect.target] : undefined;
  if (effect === undefined || parameter === undefined || method !== request.method || !succeeded(exchange))
    return undefined;
  const resource = resourceNamed(contract, effect.target);
  const sent = sentItem(effect, request.values?.body);
  if (resource.inside !== undefined || !isObject(sent)) return undefined;
  const from = String(request.values?.path[parameter] ?? '');
  const to = idOf(resource, sent);
  const shown = answeredItem(effect, response.json);
  const isShown = isObject(shown) ? idOf(resource, shown) === to : response.text === '' && to?.includes(mark) === true;
  return to === undefined || to === from || !isShown ? undefined : { resource: effect.target, from, to };
}
