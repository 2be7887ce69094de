import type { Json, JsonObject, Resource } from '../../contract/contract.js';
import { isObject, ownProperty } from '../../contract/pointer.js';
import type { SchemaView } from '../judge/schema-view.js';
import type { Correspondence } from './correspondence.js';

/** Learns the corresponding ids of a recorded item and the same item of the target. */
export function learnIds(
  correspondence: Correspondence,
  resource: Resource,
  { recorded, actual }: { readonly recorded: JsonObject; readonly actual: JsonObject },
  view: SchemaView,
): void {
  if (resource.inside === undefined)
    learnPair(correspondence, recorded[resource.key], actual[resource.key], view.property(resource.key));
  learnInside(correspondence, recorded, actual, view);
}

/** Learns the keys of other items that two answers contain at the same places. */
export function learnKeys(
  correspondence: Correspondence,
  { recorded, actual }: { readonly recorded: Json; readonly actual: Json },
  isKey: (text: string) => boolean,
): void {
  if (typeof recorded === 'string' && typeof actual === 'string' && isKey(recorded)) {
    correspondence.learn(recorded, actual);
  } else if (Array.isArray(recorded) && Array.isArray(actual)) {
    const entries: readonly Json[] = actual;
    if (recorded.length !== entries.length) return;
    for (const [at, entry] of recorded.entries()) {
      learnKeys(correspondence, { recorded: entry, actual: entries[at] ?? null }, isKey);
    }
  } else if (isObject(recorded) && isObject(actual)) {
    for (const [name, value] of Object.entries(recorded)) {
      const other = ownProperty(actual, name);
      if (other !== undefined) learnKeys(correspondence, { recorded: value, actual: other }, isKey);
    }
  }
}

function learnInside(correspondence: Correspondence, recorded: Json, actual: Json, view: SchemaView): void {
  if (Array.isArray(recorded) && Array.isArray(actual)) {
    const entries: readonly Json[] = actual;
    if (recorded.length !== entries.length) return;
    for (const [index, entry] of recorded.entries()) {
      learnInside(correspondence, entry, entries[index] ?? null, view.items());
    }
  }
  if (!isObject(recorded) || !isObject(actual)) return;
  for (const name of view.properties) {
    const inside = view.property(name);
    const [left, right] = [ownProperty(recorded, name), ownProperty(actual, name)];
    if (inside === undefined || left === undefined || right === undefined) continue;
    if (inside.role?.kind === 'id') learnPair(correspondence, left, right, inside);
    else learnInside(correspondence, left, right, inside);
  }
}

function learnPair(
  correspondence: Correspondence,
  recorded: Json | undefined,
  actual: Json | undefined,
  view: SchemaView | undefined,
): void {
  if (typeof recorded !== 'string' || typeof actual !== 'string' || recorded === '') return;
  correspondence.learn(recorded, actual);
  // `auth0|{hex:24}`: the part after the prefix can also appear alone.
  const prefix = view?.role?.kind === 'id' ? (view.role.template.split('{')[0] ?? '') : '';
  if (prefix !== '' && recorded.startsWith(prefix) && actual.startsWith(prefix)) {
    correspondence.learnPart(recorded.slice(prefix.length), actual.slice(prefix.length));
  }
}
