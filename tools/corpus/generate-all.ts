import { basename } from 'node:path';
import { emitFiles } from '../../generator/emit/emit-files.js';
import { startEmitThread } from '../../generator/emit/emit-thread.js';
import type { GeneratedFile } from '../../generator/emit/generated-file.js';
import type { Extras } from '../../generator/job.js';
import type { CorpusDocument } from './documents.js';

/** What became of one document. */
export interface Generated {
  readonly document: CorpusDocument;
  /** The number of warnings; undefined if the document was not read. */
  readonly warnings?: number;
  /** The code, in a folder with the name of the document; empty if something failed. */
  readonly code: readonly GeneratedFile[];
  /** Why the document was not read, or nothing was generated. */
  readonly problem?: string;
}

/** With everything that can be written beside the client. */
const EXTRAS: Extras = { validators: 'zod', msw: true, query: 'tanstack' };

/** Loads documents and generates everything from them, one after the other. */
export async function generateAll(documents: readonly CorpusDocument[]): Promise<readonly Generated[]> {
  const compiler = startEmitThread();
  const results: Generated[] = [];
  try {
    for (const document of documents) {
      let warnings: number | undefined;
      try {
        const { files } = await emitFiles(
          { spec: document.path, allowRef: [], strict: false, extras: EXTRAS },
          compiler,
          new Map(),
          {
            warn: (all) => {
              warnings = all.length;
            },
          },
        );
        results.push({ document, warnings: warnings ?? 0, code: inFolder(document.name, files) });
      } catch (error) {
        const problem = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
        results.push({ document, ...(warnings === undefined ? {} : { warnings }), code: [], problem });
      }
    }
  } finally {
    await compiler.close();
  }
  return results;
}

function inFolder(folder: string, files: readonly GeneratedFile[]): readonly GeneratedFile[] {
  return files
    .filter(({ path }) => path.endsWith('.ts'))
    .map(({ path, text }) => ({ path: `${folder}/${path}`, text }));
}

/** Errors of a compiler by the folder that they are in below another, the first of each. */
export function errorsByFolder(output: string, parent: string): ReadonlyMap<string, string> {
  const errors = new Map<string, string>();
  for (const line of output.split('\n')) {
    // Paths are relative to the working directory.
    const [, error] = line.split(`${basename(parent)}/`);
    const [, folder] = /^([^/\s]+)\/\S+\(\d+,\d+\): error /.exec(error ?? '') ?? [];
    if (folder !== undefined && !errors.has(folder)) errors.set(folder, error ?? '');
  }
  return errors;
}
