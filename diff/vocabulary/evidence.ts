import { isDeepStrictEqual } from 'node:util';
import type { Contract, Json, JsonObject, Pointer } from '../../contract/contract.js';
import { getPointer, isObject, joinPointer } from '../../contract/pointer.js';
import { type Change, changeAt } from '../change.js';

/**
 * Compares the evidence of facts that both contracts state. An entry is identified by the pointer of its fact; added
 * and removed facts are already reported as such.
 */
export function compareEvidence(before: Contract, after: Contract): readonly Change[] {
  const old = entriesOf(before.document);
  const now = entriesOf(after.document);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((pointer) => {
    const [from, to] = [old.get(pointer), now.get(pointer)];
    if (isDeepStrictEqual(from, to)) return [];
    const stated = [before, after].every(({ document }) => getPointer(document, pointer) !== undefined);
    if (!stated) return [];
    const what = `evidence of ${pointer} went from ${evidenceText(from)} to ${evidenceText(to)}`;
    return [changeAt('evidence-changed', pointer, what, { from, to })];
  });
}

function evidenceText(entry: JsonObject | undefined): string {
  return entry === undefined ? 'none' : `${String(entry.grade)} (${String(entry.source)})`;
}

/** Every entry of `x-evidence` by the absolute pointer of its fact. */
function entriesOf(document: JsonObject): ReadonlyMap<Pointer, JsonObject> {
  const entries = new Map<Pointer, JsonObject>();
  // Pointers are built only where there is evidence, which is rare.
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
