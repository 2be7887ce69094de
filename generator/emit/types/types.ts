import { createRequire } from 'node:module';
import type { GlobalContext, OpenAPI3 } from 'openapi-typescript';
import type { JsonObject } from '../../../contract/contract.js';
import type { GeneratedFile } from '../generated-file.js';
import { codeHeader } from '../text/comment.js';
import { joinAddedMethods } from './added-methods.js';
import { syntaxProblem } from './syntax.js';
import { typesInput } from './types-input.js';

// By `require`: an import would first scan all of TypeScript for exports, which takes a tenth of a second.
const openapi: typeof import('openapi-typescript') = createRequire(import.meta.url)(
  'openapi-typescript/dist/index.cjs',
);

/**
 * Emits `types.ts` with openapi-typescript. The loader has bundled and checked the document already, so only the
 * transformation is left.
 */
export function emitTypes(document: JsonObject): GeneratedFile {
  // A copy, because the transformation changes the document. A checked document of OpenAPI 3.1 fits the type OpenAPI3.
  const input = typesInput(document);
  const schema = input.document as unknown as OpenAPI3;
  const nodes = joinAddedMethods(openapi.transformSchema(schema, contextOf(schema)), input.addedMethods);
  const text = codeHeader + restyle(input.restore(openapi.astToString([...nodes])));
  const file = { path: 'types.ts', text };
  const problem = needsParsing(text) ? syntaxProblem(file) : undefined;
  if (problem !== undefined) throw new Error(problem);
  return file;
}

/**
 * Parsing takes a third as long as emitting. The compiler prints valid code from its syntax tree; only comments contain
 * text as it is, and only an escaped end of a comment shows that somebody tried to end one. Large files without one are
 * not parsed.
 */
function needsParsing(text: string): boolean {
  return text.length < 500_000 || text.includes('*\\/');
}

/** The defaults of openapi-typescript, except one. */
function contextOf(schema: OpenAPI3): GlobalContext {
  const options = { silent: true };
  return {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    // A default describes what happens if the property is missing; it does not make the property required.
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

/** Changes the indentation to two spaces, and double quotes to single quotes outside comments. */
export function restyle(text: string): string {
  return text
    .replace(/^(?: {4})+/gm, (spaces) => spaces.slice(spaces.length / 2))
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"/g, (part) =>
      !part.startsWith('"') || part.includes("'") ? part : `'${part.slice(1, -1).replaceAll('\\"', '"')}'`,
    );
}
