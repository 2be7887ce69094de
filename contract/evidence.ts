import type { Evidence, Grade, Json, JsonObject, Pointer } from './contract.js';
import { isObject, splitPointer, step } from './pointer.js';

/** The evidence of a fact without `x-evidence`: the contract itself documents it. */
export const NO_EVIDENCE: Evidence = { grade: 'documented', source: 'this contract' };

/** A chain of references is shorter; a circle of references has no end. */
const MOST_HOPS = 100;

/**
 * The evidence of a place: the entry of `x-evidence` that covers the longest part of its pointer, of all the objects on
 * the path to it (references are followed); of two entries for the same part, the one of the inner object.
 */
export function evidenceAt(document: JsonObject, pointer: Pointer): Evidence {
  return nearestEntry(document, pointer)?.evidence ?? NO_EVIDENCE;
}

/** The evidence given for exactly this place, or nothing. */
export function exactEvidenceAt(document: JsonObject, pointer: Pointer): Evidence | undefined {
  const nearest = nearestEntry(document, pointer);
  return nearest?.depth === splitPointer(pointer).length ? nearest.evidence : undefined;
}

const STRONGEST_FIRST: readonly Grade[] = ['recorded', 'documented', 'reported', 'inferred', 'unknown', 'disputed'];

/** The weaker evidence of two facts that a statement depends on. */
export function weaker(a: Evidence, b: Evidence): Evidence {
  return STRONGEST_FIRST.indexOf(b.grade) > STRONGEST_FIRST.indexOf(a.grade) ? b : a;
}

/** The strongest evidence of several facts: a violation of all of them violates the strongest. */
export function surest(evidences: readonly Evidence[]): Evidence {
  return evidences.reduce((best, next) => (weaker(next, best) === best ? next : best), {
    grade: 'disputed',
    source: 'the contract',
    ...evidences[0],
  });
}

function nearestEntry(
  document: JsonObject,
  pointer: Pointer,
): { readonly depth: number; readonly evidence: Evidence } | undefined {
  const segments = splitPointer(pointer);
  let found: { readonly depth: number; readonly entry: Json } | undefined;
  let value: Json | undefined = document;
  for (let depth = 0; depth <= segments.length; depth++) {
    value = follow(document, value);
    if (!isObject(value) && !Array.isArray(value)) break;
    const own = isObject(value) ? value['x-evidence'] : undefined;
    if (isObject(own)) {
      const rest = segments.slice(depth);
      for (const { named, entry } of entriesOf(own)) {
        if (named.length > rest.length || named.some((segment, index) => segment !== rest[index])) continue;
        if (found === undefined || depth + named.length >= found.depth) found = { depth: depth + named.length, entry };
      }
    }
    const segment = segments[depth];
    if (segment === undefined) break;
    value = step(value, segment);
  }
  return found === undefined || !isObject(found.entry)
    ? undefined
    : { depth: found.depth, evidence: readEvidence(found.entry) };
}

interface NamedEntry {
  readonly named: readonly string[];
  readonly entry: Json;
}

const split = new WeakMap<JsonObject, readonly NamedEntry[]>();

/** The entries of one `x-evidence`, their pointers split. An object on the way to many facts is read once. */
function entriesOf(own: JsonObject): readonly NamedEntry[] {
  let entries = split.get(own);
  if (entries === undefined) {
    entries = Object.entries(own).map(([key, entry]) => ({ named: splitPointer(key), entry }));
    split.set(own, entries);
  }
  return entries;
}

/** Reads one entry of `x-evidence`, whose form has already been checked. */
export function readEvidence(entry: JsonObject): Evidence {
  return {
    grade: entry.grade as Grade, // the vocabulary's schema allows no others
    source: String(entry.source),
    ...(typeof entry.seen === 'number' ? { seen: entry.seen } : {}),
    ...(typeof entry.against === 'string' ? { against: entry.against } : {}),
  };
}

function follow(document: JsonObject, value: Json | undefined): Json | undefined {
  let current = value;
  for (let hops = 0; isObject(current) && typeof current.$ref === 'string' && hops < MOST_HOPS; hops++) {
    const { $ref, ...siblings } = current;
    const named = splitPointer($ref.slice(1)).reduce<Json | undefined>(step, document);
    if (named === undefined) return current;
    // Siblings of a reference, such as evidence at the place of use, take precedence over its target.
    current = isObject(named) ? { ...named, ...siblings } : named;
  }
  return current;
}
