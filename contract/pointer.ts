import type { Json, JsonObject, Pointer } from './contract.js';

/** JSON pointers, RFC 6901. */

export function escapeSegment(segment: string): string {
  return /[~/]/.test(segment) ? segment.replaceAll('~', '~0').replaceAll('/', '~1') : segment;
}

export function unescapeSegment(segment: string): string {
  return segment.includes('~') ? segment.replaceAll('~1', '/').replaceAll('~0', '~') : segment;
}

/** `joinPointer('/paths', '/books', 'get')` is `/paths/~1books/get`. */
export function joinPointer(base: Pointer, ...segments: readonly (string | number)[]): Pointer {
  return segments.reduce<string>((pointer, segment) => `${pointer}/${escapeSegment(String(segment))}`, base);
}

/** The unescaped segments of a pointer; none for the empty pointer, which is the whole value. */
export function splitPointer(pointer: Pointer): readonly string[] {
  return pointer === '' ? [] : pointer.slice(1).split('/').map(unescapeSegment);
}

/** A property or an entry of a value; nothing if there is no such property or entry. */
export function step(value: Json | undefined, segment: string): Json | undefined {
  if (Array.isArray(value)) return /^\d+$/.test(segment) ? value[Number(segment)] : undefined;
  return isObject(value) ? ownProperty(value, segment) : undefined;
}

/** A property of an object, not of its prototype: names such as `constructor` come from outside, too. */
export function ownProperty(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The value at a pointer, without following references. */
export function getPointer(value: Json, pointer: Pointer): Json | undefined {
  return splitPointer(pointer).reduce<Json | undefined>(step, value);
}

export function isObject(value: unknown): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
