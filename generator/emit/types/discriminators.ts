/// <reference path="./openapi-typescript.d.ts" />
import type { GlobalContext, OpenAPI3 } from 'openapi-typescript';
import { scanDiscriminators } from 'openapi-typescript/dist/lib/utils.cjs';
import type { Json } from '../../../contract/contract.js';
import { getPointer, isObject } from '../../../contract/pointer.js';

type Discriminators = GlobalContext['discriminators'];

/**
 * The discriminators that openapi-typescript finds; it also changes the schemas that these map to.
 *
 * @param source - the document as JSON, before its names were protected
 */
export function discriminatorsOf(document: OpenAPI3, source: string): Discriminators {
  if (!source.includes('"discriminator"')) return { objects: {}, refsHandled: [] };
  const found = scanDiscriminators(withoutPlainPaths(document, source), { silent: true });
  return { ...found, refsHandled: [...found.refsHandled, ...declaring(document, found)] };
}

/**
 * The scan walks everything twice, which takes a quarter of the time of the types, so path items that cannot matter are
 * left out.
 */
function withoutPlainPaths(document: OpenAPI3, source: string): OpenAPI3 {
  // A discriminator may map to a schema in any path item.
  if (source.includes('"#/paths/')) return document;
  const paths = Object.entries(document.paths ?? {}).filter(([, item]) => MATTERS.test(JSON.stringify(item)));
  return { ...document, paths: Object.fromEntries(paths) };
}

/** A schema inherits a discriminator by `allOf`. */
const MATTERS = /"(?:discriminator|allOf)"/;

/**
 * The schemas that declare the property of the discriminator that they inherit. openapi-typescript would add it with the
 * name of the schema as its value: a second property of that name, or one that no value satisfies.
 */
function declaring(document: OpenAPI3, { objects, refsHandled }: Discriminators): readonly string[] {
  return Object.entries(objects).flatMap(([reference, { propertyName }]) => {
    if (refsHandled.includes(reference)) return [];
    // The document is JSON; openapi-typescript gives it a type of its own.
    const schema = getPointer(document as unknown as Json, reference.slice(1));
    return isObject(schema) && schema.discriminator === undefined && declares(schema, propertyName) ? [reference] : [];
  });
}

/** Whether a schema has a property itself, or in a part of its `allOf` that is no reference. */
function declares(schema: Json, name: string): boolean {
  if (!isObject(schema)) return false;
  if (isObject(schema.properties) && Object.hasOwn(schema.properties, name)) return true;
  return Array.isArray(schema.allOf) && schema.allOf.some((part) => declares(part, name));
}
