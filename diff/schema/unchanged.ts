import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject, joinPointer } from '../../contract/pointer.js';

/** Whether two values are equal, including everything they refer to. */
export type Same = (before: Json, after: Json) => boolean;

/**
 * Most of two contracts is usually equal, and equal parts need no comparison by keyword. References to a component are
 * equal when the components are; any other reference counts as changed.
 */
export function samenessOf(before: JsonObject, after: JsonObject): Same {
  const old = schemasOf(before);
  const now = schemasOf(after);
  const references = new Map<string, ReadonlySet<string>>();
  for (const [name, schema] of Object.entries(now)) {
    const known = old[name];
    if (known !== undefined && sameText(known, schema)) references.set(referenceTo(name), referencesIn(schema));
  }
  // A component that refers to a changed one has changed too: repeat until no more are removed.
  for (let before = -1; before !== references.size; ) {
    before = references.size;
    for (const [name, targets] of references) {
      if ([...targets].some((target) => !references.has(target))) references.delete(name);
    }
  }
  return (a, b) => sameText(a, b) && [...referencesIn(b)].every((target) => references.has(target));
}

function schemasOf({ components }: JsonObject): JsonObject {
  return isObject(components) && isObject(components.schemas) ? components.schemas : {};
}

function referenceTo(name: string): string {
  return `#${joinPointer('/components/schemas', name)}`;
}

/** Equal JSON values; the order of object properties does not matter. */
function sameText(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((entry: Json, index) => sameText(entry, b[index] ?? null))
    );
  }
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => {
      const [left, right] = [a[name], b[name]];
      return left !== undefined && right !== undefined && sameText(left, right);
    })
  );
}

function referencesIn(value: Json): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (inner: Json): void => {
    if (typeof inner !== 'object' || inner === null) return;
    for (const [name, entry] of Object.entries(inner)) {
      if (name === '$ref' && typeof entry === 'string') found.add(entry);
      else visit(entry);
    }
  };
  visit(value);
  return found;
}
