import { isDeepStrictEqual } from 'node:util';
import type { Contract, Json, JsonObject, Pointer } from '../../contract/contract.js';
import { getPointer, isObject, joinPointer } from '../../contract/pointer.js';
import { type Finding, finding } from '../change.js';

/**
 * Compares where the facts come from, for facts that both contracts state: an entry is known by the place that it
 * speaks of. What is new or gone has been told with its evidence already.
 */
export function compareEvidence(before: Contract, after: Contract): readonly Finding[] {
  const old = entriesOf(before.document);
  const now = entriesOf(after.document);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((pointer) => {
    const [from, to] = [old.get(pointer), now.get(pointer)];
    if (isDeepStrictEqual(from, to)) return [];
    const stated = [before, after].every(({ document }) => getPointer(document, pointer) !== undefined);
    if (!stated) return [];
    const what = `evidence of ${pointer} went from ${naming(from)} to ${naming(to)}`;
    return [finding('evidence-changed', pointer, what, { from, to })];
  });
}

function naming(entry: JsonObject | undefined): string {
  return entry === undefined ? 'none of its own' : `${String(entry.grade)} (${String(entry.source)})`;
}

/** Every entry of `x-evidence` by the absolute pointer that it speaks of. */
function entriesOf(document: JsonObject): ReadonlyMap<Pointer, JsonObject> {
  const entries = new Map<Pointer, JsonObject>();
  // Segments become a pointer where there is something to point at, which is rare.
  const segments: string[] = [];
  const visit = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'x-evidence') {
        const place = joinPointer('', ...segments);
        for (const [relative, entry] of Object.entries(isObject(inner) ? inner : {})) {
          if (isObject(entry)) entries.set(`${place}${relative}`, entry);
        }
      } else {
        segments.push(name);
        visit(inner);
        segments.pop();
      }
    }
  };
  visit(document);
  return entries;
}
