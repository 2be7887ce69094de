import { isObject } from '../pointer.js';
import type { Json } from './json.js';

/** Every text in a value, at any depth, without the names of properties. */
export function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((entry: Json) => textsIn(entry));
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
