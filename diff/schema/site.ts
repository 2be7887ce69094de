import type { Json, JsonObject, Pointer } from '../../contract/contract.js';
import { getPointer, isObject, joinPointer } from '../../contract/pointer.js';

/** A value of a document with its pointer. */
export interface Located {
  readonly value: Json;
  readonly pointer: Pointer;
}

/** The schemas that apply to one location. A value must satisfy all of them, as with `allOf`. */
export type Site = readonly Located[];

/** A schema object with its pointer. */
interface Part {
  readonly schema: JsonObject;
  readonly pointer: Pointer;
}

/** A site with its references resolved and its `allOf` branches side by side. */
export interface Parts {
  readonly parts: readonly Part[];
  /** One of them is `false`: no value is valid. */
  readonly never: boolean;
}

export function partsOf(document: JsonObject, site: Site): Parts {
  const parts: Part[] = [];
  const seen = new Set<Pointer>();
  let never = false;
  const visit = ({ value, pointer }: Located): void => {
    if (value === false) never = true;
    if (!isObject(value) || seen.has(pointer)) return;
    seen.add(pointer);
    const reference = referenceOf(value);
    if (reference === undefined || Object.keys(value).length > 1) parts.push({ schema: value, pointer });
    if (reference !== undefined) visit({ value: getPointer(document, reference) ?? true, pointer: reference });
    for (const branch of list(value.allOf, joinPointer(pointer, 'allOf'))) visit(branch);
  };
  for (const located of site) visit(located);
  return { parts, never };
}

/** The target of a schema's `$ref`. */
export function referenceOf(value: Json): Pointer | undefined {
  return isObject(value) && typeof value.$ref === 'string' ? value.$ref.slice(1) : undefined;
}

/** All values of a keyword, located. */
export function keywords({ parts }: Parts, keyword: string): readonly Located[] {
  return parts.flatMap(({ schema, pointer }) => {
    const value = schema[keyword];
    return value === undefined ? [] : [{ value, pointer: joinPointer(pointer, keyword) }];
  });
}

/** The first value of a keyword. */
export function keyword(parts: Parts, name: string): Located | undefined {
  return keywords(parts, name)[0];
}

/** The entries of a list, located. */
export function list(value: Json | undefined, pointer: Pointer): readonly Located[] {
  return Array.isArray(value)
    ? value.map((entry: Json, index) => ({ value: entry, pointer: joinPointer(pointer, index) }))
    : [];
}

/** The sites of a keyword that maps names to schemas, such as `properties`. */
export function sitesByName(parts: Parts, name: string): ReadonlyMap<string, Site> {
  const sites = new Map<string, Located[]>();
  for (const { value, pointer } of keywords(parts, name)) {
    if (!isObject(value)) continue;
    for (const [property, schema] of Object.entries(value)) {
      const located = { value: schema, pointer: joinPointer(pointer, property) };
      const known = sites.get(property);
      if (known === undefined) sites.set(property, [located]);
      else known.push(located);
    }
  }
  return sites;
}
