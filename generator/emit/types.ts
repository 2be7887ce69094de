import { pathToFileURL } from 'node:url';
import type { GeneratedFile } from './generated-file.js';
import { codeHeader } from './header.js';

/** The types of a document, by openapi-typescript, which reads the document's files itself. */
export async function emitTypes(spec: string): Promise<GeneratedFile> {
  const { default: openapiTypescript, astToString } = await import('openapi-typescript');
  const nodes = await openapiTypescript(pathToFileURL(spec), { silent: true });
  return { path: 'types.ts', text: codeHeader + restyle(astToString(nodes)) };
}

/** Two spaces for four and single quotes for double ones, outside comments. */
export function restyle(text: string): string {
  return text
    .replace(/^(?: {4})+/gm, (spaces) => spaces.slice(spaces.length / 2))
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"/g, (part) =>
      !part.startsWith('"') || part.includes("'") ? part : `'${part.slice(1, -1).replaceAll('\\"', '"')}'`,
    );
}
