import type { Json, JsonObject } from '../../contract/contract.js';

/** How many texts are remembered; a text replaces another one with the same hash. */
const SLOTS = 2048;

/** The longest text that may be shared, and how many of its characters are hashed. */
const MAX_SHARED = 64;

const shared: (string | undefined)[] = new Array(SLOTS).fill(undefined);

/**
 * The same properties in less memory: without the room that an object which grew has left, without texts that are
 * concatenations, and sharing texts with items that were created shortly before.
 */
export function compact(properties: JsonObject): JsonObject {
  const copy = JSON.parse(JSON.stringify(properties)) as Record<string, Json>; // serialized JSON parses to JSON
  for (const name in copy) {
    const value = copy[name];
    if (typeof value === 'string' && value.length <= MAX_SHARED) copy[name] = sharedText(value);
  }
  return copy;
}

function sharedText(text: string): string {
  let hash = text.length;
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  const slot = (hash >>> 0) % SLOTS;
  const known = shared[slot];
  if (known === text) return known;
  shared[slot] = text;
  return text;
}
