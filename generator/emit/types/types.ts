/// <reference path="./openapi-typescript.d.ts" />
import type { GlobalContext, OpenAPI3 } from 'openapi-typescript';
import { resolveRef } from 'openapi-typescript/dist/lib/utils.cjs';
import transformSchema from 'openapi-typescript/dist/transform/index.cjs';
import type { GeneratedFile } from '../generated-file.js';
import { codeHeader } from '../text/comment.js';
import { joinAddedMethods } from './added-methods.js';
import { nameCircles } from './circles.js';
import { discriminatorsOf } from './discriminators.js';
import { printTypes } from './print-types.js';
import { syntaxProblem } from './syntax.js';
import type { SyntaxNode } from './syntax-node.js';
import { typesInput } from './types-input.js';

/** Makes declarations of a document. */
export type Transform = (document: OpenAPI3, context: GlobalContext) => readonly SyntaxNode[];

/**
 * Emits `types.ts` with openapi-typescript. The loader has bundled and checked the document already, so only the
 * transformation is left.
 *
 * @param source - the document as JSON
 * @param transform - of the document in one piece, or in parts that are kept
 */
export function emitTypes(source: string, transform: Transform = transformSchema): GeneratedFile {
  const input = typesInput(source);
  // A checked document of OpenAPI 3.1 fits the type OpenAPI3.
  const schema = input.document as unknown as OpenAPI3;
  const declarations = transform(schema, contextOf(schema, source));
  const text = codeHeader + input.restore(printTypes(nameCircles(joinAddedMethods(declarations, input.addedMethods))));
  const file = { path: 'types.ts', text };
  const problem = needsParsing(text) ? syntaxProblem(file) : undefined;
  if (problem !== undefined) throw new Error(problem);
  return file;
}

/**
 * Types are printed from a syntax tree, so they are valid. Only comments contain text as it is, and only an escaped end of
 * a comment shows that somebody tried to end one. Large files without one are not parsed: the parser keeps a tree that is
 * thirty times as large.
 */
function needsParsing(text: string): boolean {
  return text.length < 500_000 || text.includes('*\\/');
}

/** The defaults of openapi-typescript, except one. */
function contextOf(schema: OpenAPI3, source: string): GlobalContext {
  const options = { silent: true };
  return {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    // A default describes what happens if the property is missing; it does not make the property required.
    defaultNonNullable: false,
    discriminators: discriminatorsOf(schema, source),
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
    resolve: (reference) => resolveRef(schema, reference, options),
  };
}
