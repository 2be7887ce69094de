/// <reference path="./openapi-typescript.d.ts" />
import type { GlobalContext, OpenAPI3 } from 'openapi-typescript';
import { scanDiscriminators } from 'openapi-typescript/dist/lib/utils.cjs';

/**
 * The discriminators that openapi-typescript finds; it also changes the schemas that these map to. It walks everything
 * twice, which takes a quarter of the time of the types, so path items that cannot matter are left out.
 *
 * @param source - the document as JSON, before its names were protected
 */
export function discriminatorsOf(document: OpenAPI3, source: string): GlobalContext['discriminators'] {
  if (!source.includes('"discriminator"')) return { objects: {}, refsHandled: [] };
  // A discriminator may map to a schema in any path item.
  if (source.includes('"#/paths/')) return scanDiscriminators(document, { silent: true });
  const paths = Object.entries(document.paths ?? {}).filter(([, item]) => MATTERS.test(JSON.stringify(item)));
  return scanDiscriminators({ ...document, paths: Object.fromEntries(paths) }, { silent: true });
}

/** A schema inherits a discriminator by `allOf`. */
const MATTERS = /"(?:discriminator|allOf)"/;
