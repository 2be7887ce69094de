import type { Contract, Json } from '../../contract/contract.js';
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
 * What an update renamed, where the answer shows the new key as it was sent, or made of a text that was sent. Where the
 * answer shows nothing, only a key with the run's mark counts: another may be somebody's.
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
  const item = answeredItem(effect, response.json);
  const [given, shown] = [sent, item].map((each) => (isObject(each) ? idOf(resource, each) : undefined));
  const to = given ?? shown;
  const isSilent = !isObject(item) && response.text === '' && to?.includes(mark) === true;
  const isMade =
    given === undefined && shown !== undefined && Object.values(sent).some((each) => isSlugOf(shown, each));
  return to === undefined || to === from || !(given === shown || isSilent || isMade)
    ? undefined
    : { resource: effect.target, from, to };
}

/** Whether a key has the letters and digits of a name: `night-owl` of `Night Owl`, `owl.` of `owl`. */
function isSlugOf(key: string, name: Json): boolean {
  const bare = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const isText = typeof name === 'string' || typeof name === 'number';
  return isText && bare(String(name)) !== '' && bare(String(name)) === bare(key);
}
