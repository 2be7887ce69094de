import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { GeneratedFile } from './generated-file.js';
import { codeHeader } from './header.js';

const require = createRequire(import.meta.url);

/** The types of a document, by openapi-typescript, which reads the document's files itself. */
export async function emitTypes(spec: string): Promise<GeneratedFile> {
  // Required, not imported: an import would scan all of TypeScript for its exports first, which takes a tenth of a second.
  const openapi: typeof import('openapi-typescript') = require('openapi-typescript/dist/index.cjs');
  // A default says what a request that leaves the property out gets, not that it has to be there.
  const nodes = await openapi.default(pathToFileURL(spec), { silent: true, defaultNonNullable: false });
  return { path: 'types.ts', text: codeHeader + restyle(openapi.astToString(nodes)) };
}

/** Two spaces for four and single quotes for double ones, outside comments. */
export function restyle(text: string): string {
  return text
    .replace(/^(?: {4})+/gm, (spaces) => spaces.slice(spaces.length / 2))
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"/g, (part) =>
      !part.startsWith('"') || part.includes("'") ? part : `'${part.slice(1, -1).replaceAll('\\"', '"')}'`,
    );
}
