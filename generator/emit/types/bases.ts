import { walk } from '../../../contract/check/walk.js';
import type { Json, JsonObject } from '../../../contract/contract.js';
import { getPointer, isObject } from '../../../contract/pointer.js';

/**
 * Replaces bases of `allOf` that may be null by copies without null, in place: an heir refuses null anyway, and a type that
 * may be null has no properties that the heir could require.
 */
export function replaceBases(document: JsonObject): void {
  walk(document, (kind, value) => {
    if (kind !== 'schema' || !Array.isArray(value.allOf)) return undefined;
    const isRequiring = Array.isArray(value.required);
    const allOf = value.allOf.map((entry: Json) => {
      const base =
        isObject(entry) && typeof entry.$ref === 'string' ? getPointer(document, entry.$ref.slice(1)) : undefined;
      return isRequiring && isObject(base) && mayBeNull(base) ? withoutNull(base) : entry;
    });
    Object.assign(value, { allOf });
    return undefined;
  });
}

function mayBeNull({ type }: JsonObject): boolean {
  return Array.isArray(type) && type.includes('object') && type.includes('null');
}

function withoutNull({ type, ...base }: JsonObject): JsonObject {
  return { ...base, type: Array.isArray(type) ? type.filter((each: Json) => each !== 'null') : 'object' };
}
