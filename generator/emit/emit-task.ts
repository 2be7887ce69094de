import { buildContract } from '../../contract/read/read.js';
import { planClient } from '../client/plan.js';
import { GeneratorError } from '../errors.js';
import type { GeneratedFile } from './generated-file.js';
import { emitPages, jobsOf, type NumberedPage, type SharedPages, takeEach } from './pages/shared-pages.js';
import { emitTypes } from './types/types.js';
import { TypesParts } from './types/types-parts.js';

/** The first task of the thread: emit the types of a document. */
export interface TypesTask {
  /** The document as JSON, without its `info`. The types depend on nothing else. */
  readonly source: string;
  /** Whether the types are made path by path and kept, because the next task is for a similar document. */
  readonly isWatched: boolean;
}

/** The second task: emit pages as long as some are left, and reply. */
export interface PagesTask {
  /** The `info` of the document as JSON. */
  readonly info: string;
  /** The name of the output folder, from which samples import. */
  readonly folder: string | undefined;
  readonly pages: SharedPages;
}

/** What the thread says when the first task is done. */
export type Begun = 'begun';

/** What the thread answers to the second task. */
export type Reply =
  | { readonly types: GeneratedFile; readonly pages: readonly NumberedPage[] }
  /** What went wrong; without a code, it is a defect. */
  | { readonly problem: { readonly code: GeneratorError['code'] | undefined; readonly message: string } };

/** What is known of the document of the first task. */
let begun: { readonly source: string; readonly types: GeneratedFile } | { readonly failure: unknown };

export function beginTypes({ source, isWatched }: TypesTask): void {
  try {
    begun = { source, types: typesOf(source, isWatched) };
  } catch (failure) {
    begun = { failure };
  }
}

/** Emits pages of the document whose types were emitted last. */
export function finishWithPages({ info, folder, pages }: PagesTask): Reply {
  try {
    if ('failure' in begun) throw begun.failure;
    const { source, types } = begun;
    if (!pages.taken.includes(0)) return { types, pages: [] };
    const contract = buildContract({ ...JSON.parse(source), info: JSON.parse(info) });
    const jobs = jobsOf(contract, planClient(contract, folder), pages.languages);
    // From the end: the other thread begins at the start.
    return { types, pages: [...emitPages(jobs, takeEach(pages, [...jobs.keys()].reverse()))] };
  } catch (error) {
    const code = error instanceof GeneratorError ? error.code : undefined;
    return { problem: { code, message: error instanceof Error ? error.message : String(error) } };
  }
}

const parts = new TypesParts();

function typesOf(source: string, isWatched: boolean): GeneratedFile {
  try {
    return isWatched ? emitTypes(source, (document, context) => parts.transform(document, context)) : emitTypes(source);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `"types.ts": openapi-typescript could not convert the contract to types: ${reason}`;
    throw new GeneratorError('TYPES_FAILED', message, { cause });
  }
}
