import type { JsonObject } from '../../contract/contract.js';
import { isDerived } from '../../contract/is-derived.js';
import { answeredItem } from '../../contract/item-envelope.js';
import { canonicalText } from '../../contract/json/canonical-text.js';
import { isObject } from '../../contract/pointer.js';
import type { CheckContext } from '../check.js';
import type { Violation } from '../finding/finding.js';
import type { Subject } from '../fixtures/fixtures.js';
import { clientProperties, shownByProperty, withoutShownOnce } from '../lookup/shown-value.js';
import type { Exchange } from '../target/exchange.js';

/**
 * What was read must show what its creation showed. Where the contract was derived, it does not say what is shown once, nor
 * what changes by itself.
 *
 * @param json - the item that was read
 */
export async function judgeKept(
  exchange: Exchange,
  json: JsonObject,
  { resource, id, value, sent = {} }: Subject,
  context: CheckContext,
): Promise<readonly Violation[]> {
  const { operation, contract } = context;
  const { effect } = operation;
  const { status } = exchange.response;
  const derived = isDerived(contract, resource);
  if (effect === undefined || id !== String(exchange.request.values?.path[effect.of[resource] ?? ''])) return [];
  const shows = shownByProperty(operation, status, contract);
  const differing = clientProperties(operation, [{ status, json }], contract).flatMap((name) => {
    const kept = derived ? withoutShownOnce(value[name] ?? null, json[name], sent[name]) : value[name];
    const isCompared = value[name] !== undefined && json[name] !== undefined && kept !== undefined;
    return isCompared && !shows(name, json[name], kept) ? [name] : [];
  });
  const steady = derived && differing.length > 0 ? await steadyProperties(exchange, json, context) : undefined;
  return differing
    .filter((name) => steady === undefined || steady(name))
    .map((name) => ({
      cause: `property ${name} is not what its creation showed`,
      expected: `${name}: ${JSON.stringify(value[name])}`,
      actual: `${name}: ${JSON.stringify(json[name])}`,
      evidence: contract.evidenceAt(effect.pointer),
      exchange,
    }));
}

/** Which properties a second reading confirms: the document does not say which ones change by themselves, such as an age. */
async function steadyProperties(
  { request }: Exchange,
  first: JsonObject,
  { operation, affords, send }: CheckContext,
): Promise<(name: string) => boolean> {
  if (!affords(1)) return () => false;
  const second = answeredItem(operation.effect, (await send(request)).response.json);
  return (name) => isObject(second) && canonicalText(second[name] ?? null) === canonicalText(first[name] ?? null);
}
