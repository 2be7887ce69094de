import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';

/** Merges everything that was sent for an entity: later values replace earlier ones, property by property. */
export function mergeSent(earlier: Json | undefined, later: Json | undefined): Json | undefined {
  if (later === undefined) return earlier;
  if (!isObject(earlier) || !isObject(later)) return later;
  const names = [...new Set([...Object.keys(earlier), ...Object.keys(later)])];
  return Object.fromEntries(
    names.map((name) => [
      name,
      mergeSent(
        Object.hasOwn(earlier, name) ? earlier[name] : undefined,
        Object.hasOwn(later, name) ? later[name] : undefined,
      ) ?? null,
    ]),
  );
}
