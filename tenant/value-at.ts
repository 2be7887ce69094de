import type { Json, Pointer } from '../contract/contract.js';

/** What stands at a JSON pointer, or nothing. Own properties alone are seen. */
export function valueAt(value: Json | undefined, pointer: Pointer): Json | undefined {
  let at = value;
  for (const token of pointer.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null) return undefined;
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    at = Object.hasOwn(at, name) ? (at as Readonly<Record<string, Json>>)[name] : undefined; // a list is indexed by name too
  }
  return at;
}
