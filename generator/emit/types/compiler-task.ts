import type { GeneratedFile } from '../generated-file.js';
import { emitTypes } from './types.js';

/** A task of the compiler thread: emit the types of a document that is given as JSON. */
export interface Task {
  readonly emit: string;
}

export interface Reply {
  readonly file?: GeneratedFile;
  /** What went wrong; absent if nothing did. */
  readonly problem?: string;
}

export function perform({ emit }: Task): Reply {
  try {
    return { file: typesOf(emit) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The last document, and its types: while a contract is being watched, a save may change neither. */
let last: { readonly source: string; readonly file: GeneratedFile } | undefined;

function typesOf(source: string): GeneratedFile {
  if (last?.source !== source) last = { source, file: emitTypes(source) };
  return last.file;
}
