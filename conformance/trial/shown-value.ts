import type { Contract, Json, Operation, Schema } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { propertiesOf, shapeOf } from '../arbitraries/schema-shape.js';
import { responseFor } from '../lookup/response-for.js';

/**
 * The properties that a documented response shows as the client wrote them: not those that the server writes, nor those
 * from other resources.
 */
export function clientProperties(operation: Operation, status: number, contract: Contract): readonly string[] {
  const schema: Schema = responseFor(operation, status)?.content[0]?.schema ?? {};
  return Object.entries(propertiesOf(shapeOf(contract, schema)))
    .filter(([, property]) => contract.valueOf(property) === undefined && contract.resolve(property).writeOnly !== true)
    .map(([name]) => name);
}

/**
 * Whether a response shows a value that was sent. A null may be shown as null, not at all, or as an empty list; an
 * empty object not at all; objects
 * may have further properties since providers merge them; texts may differ in case, as emails do.
 */
export function showsValue(shown: Json | undefined, sent: Json): boolean {
  if (sent === null) return shown === null || shown === undefined || (Array.isArray(shown) && shown.length === 0);
  if (typeof sent === 'string') return typeof shown === 'string' && shown.toLowerCase() === sent.toLowerCase();
  if (Array.isArray(sent)) {
    return (
      Array.isArray(shown) &&
      shown.length === sent.length &&
      sent.every((each: Json, index) => showsValue(shown[index], each))
    );
  }
  if (!isObject(sent)) return shown === sent;
  if (Object.keys(sent).length === 0 && shown === undefined) return true;
  return isObject(shown) && Object.entries(sent).every(([name, value]) => showsValue(shown[name], value));
}
