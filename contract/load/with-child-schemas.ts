import type { Json, JsonObject, Pointer, Schema } from '../contract.js';
import { listOr, objectOr } from '../json/json-value.js';
import { getPointer, isObject, joinPointer } from '../pointer.js';
import { CHILDREN, discriminatorOf, tagWith, valuesOf } from '../schema/child-schemas.js';
import { DocumentChanges, type OnCopy } from './mendable.js';

const SCHEMAS: Pointer = '/components/schemas';

/** The schemas that extend one by `allOf`, by the reference of that one. */
type Extensions = ReadonlyMap<string, readonly string[]>;

/**
 * Notes at schemas with a discriminator which schemas extend them, and at those which value names them. A parent that
 * allows no other properties has no children.
 *
 * @param onCopy called with each object and its copy
 */
export function withChildSchemas(document: JsonObject, onCopy: OnCopy): JsonObject {
  const schemas = Object.entries(objectOr(getPointer(document, SCHEMAS))).flatMap(([name, schema]) =>
    isObject(schema) ? [[`#${joinPointer(SCHEMAS, name)}`, schema] as const] : [],
  );
  const parents = schemas.filter(([, schema]) => isParent(schema));
  if (parents.length === 0) return document;
  const extensions = extensionsOf(schemas);
  const children = new Map<string, readonly JsonObject[]>();
  /** What names each child, by the property of the discriminator: it may have several parents. */
  const tags = new Map<string, Map<string, JsonObject>>();
  for (const [reference, parent] of parents) {
    const found = descendantsOf(reference, extensions).flatMap(($ref) => {
      const tag = tagIn(document, parent, $ref);
      const own = tags.get($ref) ?? new Map<string, JsonObject>();
      tags.set($ref, own);
      if (tag === undefined) return [];
      own.set(discriminatorOf(parent) ?? '', tag);
      return [{ allOf: [{ $ref }, tag] }];
    });
    children.set(reference, found);
  }
  const changes = new DocumentChanges();
  for (const [reference, own] of tags) changes.set(`${reference.slice(1)}/${CHILDREN}`, together([...own.values()]));
  // A child that is a parent as well is one of its own children.
  for (const [reference, found] of children)
    if (found.length > 0 || !tags.has(reference)) changes.set(`${reference.slice(1)}/${CHILDREN}`, found);
  return changes.applyTo(document, onCopy);
}

function together(tags: readonly JsonObject[]): readonly JsonObject[] {
  return tags.length > 1 ? [{ allOf: tags }] : tags;
}

function isParent(schema: Schema): boolean {
  const isOpen = schema.additionalProperties !== false && schema.unevaluatedProperties !== false;
  return discriminatorOf(schema) !== undefined && schema.oneOf === undefined && schema.anyOf === undefined && isOpen;
}

function extensionsOf(schemas: readonly (readonly [string, Schema])[]): Extensions {
  const found = new Map<string, string[]>();
  for (const [reference, schema] of schemas) {
    for (const base of listOr(schema.allOf)) {
      if (isObject(base) && typeof base.$ref === 'string')
        found.set(base.$ref, [...(found.get(base.$ref) ?? []), reference]);
    }
  }
  return found;
}

/** All that extend a schema, also by way of others. */
function descendantsOf(reference: string, extensions: Extensions): readonly string[] {
  const found = new Set([reference]);
  // A set that grows while it is read has each one once.
  for (const each of found) for (const child of extensions.get(each) ?? []) found.add(child);
  return [...found].slice(1);
}

/** The value of the discriminator that names a schema, as a schema; undefined if a mapping or the parent lacks it. */
function tagIn(document: JsonObject, parent: Schema, $ref: string): JsonObject | undefined {
  const discriminator = objectOr(parent.discriminator);
  const property = discriminatorOf(parent) ?? '';
  const hasMapping = Object.keys(objectOr(discriminator.mapping)).length > 0;
  const values = valuesOf(discriminator, $ref).filter(
    (value) => !hasMapping || Object.hasOwn(objectOr(discriminator.mapping), value),
  );
  const allowed = valuesAllowed(document, objectOr(parent.properties)[property]);
  const possible = values.filter((value) => allowed === undefined || allowed.includes(value));
  return possible.length === 0 ? undefined : tagWith(property, possible);
}

function valuesAllowed(document: JsonObject, property: Json | undefined): readonly Json[] | undefined {
  const { $ref, enum: values } = objectOr(property);
  const referred = typeof $ref === 'string' ? objectOr(getPointer(document, $ref.slice(1))).enum : undefined;
  const list = values ?? referred;
  return Array.isArray(list) ? list : undefined;
}
