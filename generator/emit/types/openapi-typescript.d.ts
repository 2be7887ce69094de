/** The transformation alone: the main module also loads what validates and bundles documents. */
declare module 'openapi-typescript/dist/transform/index.cjs' {
  import type { GlobalContext, OpenAPI3 } from 'openapi-typescript';
  import type { SyntaxNode } from './syntax-node.js';

  export default function transformSchema(schema: OpenAPI3, context: GlobalContext): readonly SyntaxNode[];
}

declare module 'openapi-typescript/dist/lib/utils.cjs' {
  export { resolveRef, scanDiscriminators } from 'openapi-typescript';
}
