import type { ObjectKind } from '../../../contract/check/openapi.js';
import { walk } from '../../../contract/check/walk.js';
import type { Json, JsonObject } from '../../../contract/contract.js';
import { getPointer, isObject, splitPointer } from '../../../contract/pointer.js';

/**
 * Gives schemas that are referred to in the middle of something else a name: each becomes a component. Other objects
 * below paths are copied to where a reference is. openapi-typescript writes such references as indexes into the types of
 * operations and lists, which do not compile where a part on the way is optional or an item. Changes the document.
 */
export function nameReferredParts(document: JsonObject): void {
  const references: { readonly kind: ObjectKind; readonly value: Record<string, Json>; readonly reference: string }[] =
    [];
  walk(document, (kind, value, at) => {
    const { $ref } = value;
    if (typeof $ref === 'string' && (isInside($ref) || (kind !== 'schema' && isComponent(at()))))
      references.push({ kind, value: value as Record<string, Json>, reference: $ref }); // the document is ours to change
    return undefined;
  });
  const parts = new Map(
    references.map(({ kind, reference }) => [
      `${kind} ${reference}`,
      kind === 'schema' ? getPointer(document, reference.slice(1)) : targetOf(document, reference),
    ]),
  );
  const names = new Map<string, string>();
  const schemas: Record<string, Json> = { ...objectAt(document, 'components', 'schemas') };
  for (const { kind, value, reference } of references) {
    const part = parts.get(`${kind} ${reference}`);
    if (kind !== 'schema') {
      if (!isObject(part)) continue;
      delete value.$ref;
      Object.assign(value, part);
      continue;
    }
    if (part === undefined) continue;
    const name = names.get(reference) ?? freeName(reference, schemas);
    if (!names.has(reference)) schemas[name] = part;
    names.set(reference, name);
    value.$ref = `#/components/schemas/${name}`;
  }
  if (names.size > 0) Object.assign(document, { components: { ...objectAt(document, 'components'), schemas } });
}

/** What a reference leads to, through others. */
function targetOf(document: JsonObject, reference: string): Json | undefined {
  const seen = new Set([reference]);
  let target = getPointer(document, reference.slice(1));
  while (isObject(target) && typeof target.$ref === 'string' && !seen.has(target.$ref)) {
    seen.add(target.$ref);
    target = getPointer(document, target.$ref.slice(1));
  }
  return target;
}

/** Whether a place is a component: openapi-typescript writes one that is only a reference as if it had nothing. */
function isComponent(pointer: string): boolean {
  return /^\/components\/[^/]+\/[^/]+$/.test(pointer);
}

/** Whether a reference leads to something else than a component: into one, or below a path or an unknown `definitions`. */
function isInside(reference: string): boolean {
  return reference.startsWith('#/') && !isComponent(reference.slice(1));
}

/** Segments that say nothing about what a part is. */
const SILENT = new Set(['', 'paths', 'components', 'schemas', 'responses', 'content', 'schema', 'properties']);

/** `#/paths/~1trees/get/responses/200/content/application~1json/schema/items` becomes `treesGet200Items`. */
function freeName(reference: string, taken: Readonly<Record<string, Json>>): string {
  const words = splitPointer(reference.slice(1))
    .filter((segment) => !SILENT.has(segment) && !/^\w+\/[\w.+-]+$/.test(segment))
    .flatMap((segment) => segment.split(/\W+/))
    .filter((word) => word !== '');
  const wanted = words.map((word, index) => (index === 0 ? word : word[0]?.toUpperCase() + word.slice(1))).join('');
  let name = wanted;
  for (let number = 2; Object.hasOwn(taken, name); number += 1) name = `${wanted}${number}`;
  return name;
}

function objectAt(document: JsonObject, ...names: readonly string[]): JsonObject {
  let value: Json | undefined = document;
  for (const name of names) value = isObject(value) ? value[name] : undefined;
  return isObject(value) ? value : {};
}
