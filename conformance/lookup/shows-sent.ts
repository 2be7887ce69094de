import type { Contract, JsonObject } from '../../contract/contract.js';
import { sentItem, sentSchema } from '../../contract/item-envelope.js';
import { objectOr } from '../../contract/json/json-value.js';
import { propertiesOf, shapeOf } from '../arbitraries/schema-shape.js';
import type { PlannedRequest } from '../target/request.js';
import { bodyMedia } from '../target/request-body.js';
import { signIn } from './mark.js';

/** Whether an item shows what a request sent, as far as it shows it at all: a mock shows its example. */
export function showsSent(sent: JsonObject, shown: JsonObject): boolean {
  return comparableTexts(sent, shown).length === 0 || showsSomeSent(sent, shown);
}

/** Whether an item shows a text that a request sent. */
export function showsSomeSent(sent: JsonObject, shown: JsonObject): boolean {
  return comparableTexts(sent, shown).some(({ value, now }) => value === now);
}

/**
 * Whether an item may be what a creation made: it shows the sign of the run, a text that was sent or, where it shows
 * nothing of the body, no text that a creation can send and this one did not. Servers may change the case of letters.
 */
export function mayComeFrom(contract: Contract, { operation, values }: PlannedRequest, item: JsonObject): boolean {
  const sent = objectOr(sentItem(operation?.effect, values?.body));
  const sign = signIn(JSON.stringify(sent))?.toLowerCase();
  if (sign !== undefined && JSON.stringify(item).toLowerCase().includes(sign)) return true;
  const texts = comparableTexts(sent, item);
  if (texts.length > 0) return texts.some(({ value, now }) => value.toLowerCase() === now.toLowerCase());
  const schema = (operation && bodyMedia(operation)?.schema) ?? {};
  const declared = propertiesOf(shapeOf(contract, sentSchema(contract, operation?.effect, schema)));
  const key = contract.resources.get(operation?.effect?.target ?? '')?.key;
  return Object.entries(declared).every(([name, property]) => {
    const now = item[name];
    const isText = typeof now === 'string' && now !== '' && name !== key && String(sent[name] ?? '') !== now;
    const { readOnly, default: byDefault } = shapeOf(contract, property);
    return !isText || readOnly === true || now === byDefault;
  });
}

function comparableTexts(
  sent: JsonObject,
  shown: JsonObject,
): readonly { readonly value: string; readonly now: string }[] {
  return Object.entries(sent).flatMap(([name, value]) => {
    const now = shown[name];
    return typeof value === 'string' && typeof now === 'string' ? [{ value, now }] : [];
  });
}
