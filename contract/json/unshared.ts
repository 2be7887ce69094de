import type { Json, JsonObject } from './json.js';

/**
 * A document in which no object or list is in two places, as aliases of YAML and programs make them: what is said of one
 * place would hold for the other. The same document if there is none; a copy where it has to change.
 *
 * @param document - without cycles
 */
export function unshared(document: JsonObject): JsonObject {
  const known = new Set<object>();
  const isNew = (value: object): boolean => known.size < known.add(value).size;
  const listOf = (list: readonly Json[], isShared: boolean): readonly Json[] => {
    const own = list.map((entry) => ownOf(entry, isShared));
    return isShared || own.some((entry, index) => entry !== list[index]) ? own : list;
  };
  const objectOf = (object: JsonObject, isShared: boolean): JsonObject => {
    const entries = Object.entries(object).map(([name, value]): [string, Json] => [name, ownOf(value, isShared)]);
    return isShared || entries.some(([name, own]) => own !== object[name]) ? Object.fromEntries(entries) : object;
  };
  const ownOf = (value: Json, isInShared: boolean): Json => {
    if (typeof value !== 'object' || value === null) return value;
    const isShared = isInShared || !isNew(value);
    return Array.isArray(value) ? listOf(value, isShared) : objectOf(value as JsonObject, isShared);
  };
  return objectOf(document, false);
}
