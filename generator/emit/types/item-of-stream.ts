import type { Json, JsonObject } from '../../../contract/contract.js';
import { getPointer, isObject } from '../../../contract/pointer.js';

/** Keywords whose value is a list of schemas. */
const COMBINED = ['oneOf', 'anyOf', 'allOf'];

/**
 * The schema of the items of a stream as the client gives them: the data of a server-sent event is text that contains
 * another value (`contentSchema`), and the client parses it. Schemas with such data are copied, all others are referred
 * to.
 *
 * @see OpenAPI 3.2, section 4.14.4
 */
export function itemOfStream(document: JsonObject, schema: JsonObject, open: readonly string[] = []): JsonObject {
  const { $ref, properties } = schema;
  if (typeof $ref === 'string') {
    const target = open.includes($ref) ? undefined : getPointer(document, $ref.slice(1));
    if (!isObject(target)) return schema;
    const item = itemOfStream(document, target, [...open, $ref]);
    return item === target ? schema : item;
  }
  const changes: Record<string, Json> = {};
  for (const name of COMBINED) {
    const parts = schema[name];
    if (!Array.isArray(parts)) continue;
    const changed = parts.map((part: Json) => (isObject(part) ? itemOfStream(document, part, open) : part));
    if (changed.some((part, index) => part !== parts[index])) changes[name] = changed;
  }
  if (isObject(properties) && isObject(properties.data) && isObject(properties.data.contentSchema)) {
    changes.properties = { ...properties, data: properties.data.contentSchema };
  }
  return Object.keys(changes).length > 0 ? { ...schema, ...changes } : schema;
}
