import type { Json, JsonObject } from '../contract.js';
import { isObject } from '../pointer.js';

/** Parts of a document that may be missing or of another type: an empty object, list or text stands for those. */

export function objectOr(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

export function listOr(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

export function stringOr(value: Json | undefined, fallback = ''): string {
  return typeof value === 'string' ? value : fallback;
}

/** The properties of an object. */
export function entriesOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isObject(value) ? Object.entries(value) : [];
}

/** The texts in a list. */
export function stringsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** Whether a value has values in it. */
export function isContainer(value: Json | undefined): value is readonly Json[] | JsonObject {
  return Array.isArray(value) || isObject(value);
}
