import type { Json, JsonObject, Pointer } from '../contract.js';
import { getPointer, isObject } from '../pointer.js';
import type { Flaw } from './flaw.js';
import type { PointerTo } from './walk.js';

/**
 * Bases of a schema (`allOf`) that have the schema itself among their forms (`oneOf`, `anyOf`). Many documents mean by
 * this that the base has these heirs. In JSON Schema a value of the base would have to fit an heir, which has to fit the
 * base, and so on without end; so the schema is read with a copy of the base without its forms.
 */
export function checkBases({ allOf }: JsonObject, at: PointerTo, document: JsonObject): readonly Flaw[] {
  if (!Array.isArray(allOf)) return [];
  return allOf.flatMap((entry: Json, index): readonly Flaw[] => {
    const reference = referenceIn(entry);
    const base = reference && targetOf(document, reference);
    if (!isObject(base)) return [];
    const heir = `#${at()}`;
    const forms = [base.oneOf, base.anyOf].flatMap((list) => (Array.isArray(list) ? list : []));
    const seen = new Set<string>();
    if (!forms.some((form: Json) => extendsFrom(document, referenceIn(form), { heir, seen }))) return [];
    const { oneOf: _oneOf, anyOf: _anyOf, discriminator: _discriminator, ...rest } = base;
    const place: Pointer = at('allOf', String(index));
    return [
      {
        pointer: place,
        message: `"${reference}" has this schema among its own forms, so that no value can be checked; expected a base without them`,
        mend: (changes) => changes.set(place, rest),
        leavesOut: 'the list of forms',
      },
    ];
  });
}

interface Search {
  readonly heir: string;
  /** The schemas that were looked at: many may have the same bases. */
  readonly seen: Set<string>;
}

/** Whether a schema is the heir, or has it among its bases or their bases. */
function extendsFrom(document: JsonObject, reference: string | undefined, search: Search): boolean {
  if (reference === search.heir) return true;
  if (reference === undefined || search.seen.has(reference)) return false;
  search.seen.add(reference);
  const schema = targetOf(document, reference);
  if (!isObject(schema) || !Array.isArray(schema.allOf)) return false;
  return schema.allOf.some((entry: Json) => extendsFrom(document, referenceIn(entry), search));
}

function referenceIn(value: Json): string | undefined {
  return isObject(value) && typeof value.$ref === 'string' ? value.$ref : undefined;
}

function targetOf(document: JsonObject, reference: string): Json | undefined {
  return reference.startsWith('#/') ? getPointer(document, reference.slice(1)) : undefined;
}
