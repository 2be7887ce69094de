import type { Contract, Json, JsonObject } from '../../contract/contract.js';
import { bareMediaType, isJson } from '../../contract/http/media-type.js';
import { sentItem, sentSchema } from '../../contract/item-envelope.js';
import { objectOr } from '../../contract/json/json-value.js';
import { propertiesOf, shapeOf } from '../arbitraries/schema-shape.js';
import type { PlannedRequest } from '../target/request.js';
import { bodyMedia } from '../target/request-body.js';
import { parseJson } from '../target/target.js';
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
 *
 * @param filled - what the server gave another new item that did not send it
 */
export function mayComeFrom(
  contract: Contract,
  request: PlannedRequest,
  item: JsonObject,
  filled: JsonObject = {},
): boolean {
  const { operation } = request;
  const sent = objectOr(sentItem(operation?.effect, bodySent(request)));
  const sign = signIn(request.body ?? JSON.stringify(sent))?.toLowerCase();
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
    return !isText || readOnly === true || now === byDefault || now === filled[name];
  });
}

/** What a server filled in of a new item: its properties that the creation did not send. */
export function filledIn(request: PlannedRequest, item: JsonObject): JsonObject {
  const sent = objectOr(sentItem(request.operation?.effect, bodySent(request)));
  return Object.fromEntries(Object.entries(item).filter(([name]) => sent[name] === undefined));
}

/**
 * What a body says as it is sent: a check may change the text of a JSON body, or leave it out, after it was built from
 * values.
 */
export function bodySent({ headers, body = '', values }: PlannedRequest): Json | undefined {
  return isJson(bareMediaType(headers['content-type'] ?? '')) ? parseJson(body).json : values?.body;
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
