import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../json/json.js';
import { isContainer } from '../json/json-value.js';
import { isObject } from '../pointer.js';
import { jsonPathTo, type Location } from './json-path.js';

/** An action as an overlay has it. */
export type WrittenAction =
  | { readonly target: string; readonly remove: true }
  | { readonly target: string; readonly update: Json };

/**
 * The actions that turn one document into another: first what is removed, then what is added or has other values. A list
 * is extended if entries were only added at its end, and stays if only objects in it differ; any other change of a list
 * removes it and adds the new one. The
 * order of properties is not compared.
 */
export function actionsBetween(from: JsonObject, to: JsonObject): readonly WrittenAction[] {
  const removed: WrittenAction[] = [];
  const updated: WrittenAction[] = [];
  compareObjects([], from, to, { removed, updated });
  return [...removed, ...updated];
}

interface Actions {
  readonly removed: WrittenAction[];
  readonly updated: WrittenAction[];
}

function compareObjects(location: Location, from: JsonObject, to: JsonObject, actions: Actions): void {
  const changed: [string, Json][] = [];
  const deeper: (() => void)[] = [];
  const remove = (name: string) => actions.removed.push({ target: jsonPathTo([...location, name]), remove: true });
  for (const [name, before] of Object.entries(from)) {
    if (!Object.hasOwn(to, name)) {
      remove(name);
      continue;
    }
    const after = to[name] ?? null;
    if (isDeepStrictEqual(before, after)) continue;
    if (isObject(before) && isObject(after)) {
      deeper.push(() => compareObjects([...location, name], before, after, actions));
    } else if (Array.isArray(before) && Array.isArray(after) && areAlike(before, after)) {
      before.forEach((entry: Json, index) => {
        const other = after[index];
        if (isObject(entry) && isObject(other)) {
          deeper.push(() => compareObjects([...location, name, index], entry, other, actions));
        }
      });
    } else if (!isContainer(before) && !isContainer(after)) changed.push([name, after]);
    else {
      const added = Array.isArray(before) && Array.isArray(after) ? addedAtEnd(before, after) : undefined;
      if (added === undefined) remove(name);
      changed.push([name, added ?? after]);
    }
  }
  for (const [name, after] of Object.entries(to)) if (!Object.hasOwn(from, name)) changed.push([name, after]);
  if (changed.length > 0) {
    // From entries, since assigning a property named __proto__ would lose it.
    actions.updated.push({ target: jsonPathTo(location), update: Object.fromEntries(changed) });
  }
  for (const compare of deeper) compare();
}

/** Two lists whose entries are the same, or objects at the same place. */
function areAlike(before: readonly Json[], after: readonly Json[]): boolean {
  if (before.length !== after.length) return false;
  return before.every((entry, index) => {
    const other: Json = after[index] ?? null;
    return (isObject(entry) && isObject(other)) || isDeepStrictEqual(entry, other);
  });
}

/** The entries that a list has in addition, if all others are the same. */
function addedAtEnd(before: readonly Json[], after: readonly Json[]): readonly Json[] | undefined {
  const isSame = before.every((entry, index) => isDeepStrictEqual(entry, after[index]));
  return isSame && after.length > before.length ? after.slice(before.length) : undefined;
}
