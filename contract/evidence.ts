import type { Evidence, Grade, Json, JsonObject, Pointer } from './contract.js';
import { isObject, splitPointer, step } from './pointer.js';

/** What a contract states without saying where it comes from is documented by the contract itself. */
export const NO_EVIDENCE: Evidence = { grade: 'documented', source: 'this contract' };

/** References that lead to references end somewhere; a circle does not. */
const MOST_HOPS = 100;

/**
 * The entry of `x-evidence` that stands nearest around a place: among the objects on the way there (references are
 * followed), the entry that names the longest part of the way; of two for the same part, the inner one.
 */
export function evidenceAt(document: JsonObject, pointer: Pointer): Evidence {
  return nearestEntry(document, pointer)?.evidence ?? NO_EVIDENCE;
}

/** The evidence that is given for this very place, or nothing. */
export function exactEvidenceAt(document: JsonObject, pointer: Pointer): Evidence | undefined {
  const nearest = nearestEntry(document, pointer);
  return nearest?.depth === splitPointer(pointer).length ? nearest.evidence : undefined;
}

const SUREST_FIRST: readonly Grade[] = ['recorded', 'documented', 'reported', 'inferred', 'unknown', 'disputed'];

/** Of two facts that a statement rests on, the less sure one. */
export function weaker(a: Evidence, b: Evidence): Evidence {
  return SUREST_FIRST.indexOf(b.grade) > SUREST_FIRST.indexOf(a.grade) ? b : a;
}

/** The evidence that weighs most: whoever breaks all of several facts breaks the surest. */
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
      for (const [key, entry] of Object.entries(own)) {
        const named = splitPointer(key);
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

/** One entry of `x-evidence`, its form already checked. */
function readEvidence(entry: JsonObject): Evidence {
  return {
    grade: entry.grade as Grade, // the vocabulary's schema holds the list
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
    // What stands beside a reference, such as evidence at the place of use, goes before what it leads to.
    current = isObject(named) ? { ...named, ...siblings } : named;
  }
  return current;
}
