import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject, joinPointer } from '../../contract/pointer.js';

/** Says whether two values are the same, and lead by their references to the same. */
export type Same = (before: Json, after: Json) => boolean;

/**
 * Most of two contracts is usually the same, and what is the same need not be looked at keyword by keyword. References
 * are judged by the components that they name; one that leads anywhere else is taken for changed.
 */
export function samenessOf(before: JsonObject, after: JsonObject): Same {
  const old = schemasOf(before);
  const now = schemasOf(after);
  const references = new Map<string, ReadonlySet<string>>();
  for (const [name, schema] of Object.entries(now)) {
    const known = old[name];
    if (known !== undefined && sameText(known, schema)) references.set(referenceTo(name), referencesIn(schema));
  }
  // What leads to something changed has changed with it, until nothing more falls out.
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

/** The same JSON, in whatever order the names of an object stand. */
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
