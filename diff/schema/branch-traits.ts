import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject, splitPointer } from '../../contract/pointer.js';
import { keyword, keywords, type Located, type Parts, partsOf, referenceOf, type Site, sitesByName } from './site.js';
import { typesOf } from './types.js';

/** The features that identify a branch in both contracts. */
export interface Traits {
  readonly located: Located;
  readonly name: string;
  readonly reference: string | undefined;
  readonly title: Json | undefined;
  readonly type: Json | undefined;
  readonly nullOnly: boolean;
  readonly constants: readonly (readonly Json[])[];
  readonly sites: ReadonlyMap<string, Site>;
  readonly properties: ReadonlySet<string>;
  readonly required: ReadonlySet<Json>;
}

/** Pairs each old branch with the new branch that it has become. */
export function pairUp(left: readonly Traits[], right: readonly Traits[]): ReadonlyMap<Traits, Traits> {
  const partner = new Map<Traits, Traits>();
  const taken = new Set<Traits>();
  for (const matches of MATCHERS) {
    for (const old of left) {
      if (partner.has(old)) continue;
      const candidates = right.filter((candidate) => !taken.has(candidate) && matches(old, candidate));
      // The most similar one; the first of several that are equally similar.
      const [now] = [...candidates].sort((one, other) => similarity(old, other) - similarity(old, one));
      if (now === undefined) continue;
      partner.set(old, now);
      taken.add(now);
    }
  }
  return partner;
}

/** The most reliable first. */
const MATCHERS: readonly ((a: Traits, b: Traits) => boolean)[] = [
  (a, b) => a.reference !== undefined && a.reference === b.reference,
  (a, b) => a.nullOnly && b.nullOnly,
  (a, b) => a.reference === b.reference && isDeepStrictEqual(a.located.value, b.located.value),
  (a, b) => a.title !== undefined && a.title === b.title,
  (a, b) => isDeepStrictEqual(a.type, b.type) && isDeepStrictEqual(a.constants, b.constants) && similarity(a, b) >= 0.5,
  (a, b) => a.type !== undefined && a.type !== 'object' && isDeepStrictEqual(a.type, b.type),
];

/** The share of property names that both have, from 0 to 1; 1 where neither has properties. */
function similarity(a: Traits, b: Traits): number {
  const all = new Set([...a.properties, ...b.properties]);
  if (all.size === 0) return 1;
  return [...a.properties].filter((property) => b.properties.has(property)).length / all.size;
}

export function traitsOf(document: JsonObject, located: Located): Traits {
  const parts = partsOf(document, [located]);
  const reference = referenceOf(located.value);
  const title = keyword(parts, 'title')?.value;
  const type = keyword(parts, 'type')?.value;
  const sites = sitesByName(parts, 'properties');
  const constants = [...sites].flatMap(([property, [schema]]): Json[][] =>
    isObject(schema?.value) && schema.value.const !== undefined ? [[property, schema.value.const]] : [],
  );
  const declaredName = reference === undefined ? title : splitPointer(reference).at(-1);
  const name = declaredName ?? type ?? `${Number(splitPointer(located.pointer).at(-1)) + 1}`;
  return {
    located,
    name: JSON.stringify(name),
    reference,
    title,
    type,
    nullOnly: isNullOnly(parts),
    constants,
    sites,
    properties: new Set(sites.keys()),
    required: new Set(keywords(parts, 'required').flatMap(({ value }) => (Array.isArray(value) ? value : []))),
  };
}

/** Whether a schema accepts only null, however it is written. */
export function isNullOnly(parts: Parts): boolean {
  const types = typesOf(parts);
  return types.size === 1 && types.has('null');
}
