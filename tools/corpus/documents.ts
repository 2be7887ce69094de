import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../contract/load/package-root.js';

/** A document of the corpus. */
export interface CorpusDocument {
  /** Also the name of a folder. */
  readonly name: string;
  readonly path: string;
}

/** Public documents beside the project, as their projects publish them. They are no part of it. */
export const PUBLIC_DOCUMENTS = join(packageRoot(), '..', 'shared', 'documents');

/** Small documents of our own, each with one shape that public documents have. */
export const SHAPES = join(packageRoot(), 'test-support', 'shapes');

/** The documents of a folder, sorted by name; none if there is no such folder. */
export function documentsIn(folder: string): readonly CorpusDocument[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => /\.(ya?ml|json)$/.test(file))
    .sort()
    .map((file) => ({ name: file.replaceAll('.', '-'), path: join(folder, file) }));
}
