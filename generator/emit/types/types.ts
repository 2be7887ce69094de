import { createRequire } from 'node:module';
import type { GlobalContext, OpenAPI3 } from 'openapi-typescript';
import type { JsonObject } from '../../../contract/contract.js';
import type { GeneratedFile } from '../generated-file.js';
import { codeHeader } from '../text/header.js';
import { describeLimits } from './describe-limits.js';

// Required, not imported: an import would scan all of TypeScript for its exports first, which takes a tenth of a second.
const openapi: typeof import('openapi-typescript') = createRequire(import.meta.url)(
  'openapi-typescript/dist/index.cjs',
);

/**
 * The types of a document, by openapi-typescript. The contract's reader has bundled and checked the document, so it
 * starts where openapi-typescript has done the same.
 */
export function emitTypes(document: JsonObject): GeneratedFile {
  // It takes parts out of what it transforms: a copy. A checked document of OpenAPI 3.1 is what its own type for one says.
  const schema = describeLimits(document) as unknown as OpenAPI3;
  const nodes = openapi.transformSchema(schema, contextOf(schema));
  return { path: 'types.ts', text: codeHeader + restyle(openapi.astToString(nodes)) };
}

/** What openapi-typescript is told when it is given no options, but for one. */
function contextOf(schema: OpenAPI3): GlobalContext {
  const options = { silent: true };
  return {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    // A default says what a request that leaves the property out gets, not that it has to be there.
    defaultNonNullable: false,
    discriminators: openapi.scanDiscriminators(schema, options),
    emptyObjectsUnknown: false,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    injectFooter: [],
    makePathsEnum: false,
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    // Only read by the steps that are skipped here: loading, bundling and validating.
    redoc: {} as GlobalContext['redoc'],
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    silent: true,
    transform: undefined,
    transformProperty: undefined,
    resolve: (reference) => openapi.resolveRef(schema, reference, options),
  };
}

/** Two spaces for four and single quotes for double ones, outside comments. */
export function restyle(text: string): string {
  return text
    .replace(/^(?: {4})+/gm, (spaces) => spaces.slice(spaces.length / 2))
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"/g, (part) =>
      !part.startsWith('"') || part.includes("'") ? part : `'${part.slice(1, -1).replaceAll('\\"', '"')}'`,
    );
}
