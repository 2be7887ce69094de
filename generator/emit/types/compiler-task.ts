import type { JsonObject } from '../../../contract/contract.js';
import type { GeneratedFile } from '../generated-file.js';
import { syntaxProblem } from './syntax.js';
import { emitTypes } from './types.js';

/** A task of the compiler thread: emit the types of a document, or check emitted files. */
export type Task = { readonly emit: JsonObject } | { readonly check: readonly GeneratedFile[] };

export interface Reply {
  readonly file?: GeneratedFile;
  /** What went wrong; absent if nothing did. */
  readonly problem?: string;
}

export function perform(task: Task): Reply {
  try {
    if ('emit' in task) return { file: typesOf(task.emit) };
    const [problem] = task.check.flatMap((file) => syntaxProblem(file) ?? []);
    return problem === undefined ? {} : { problem };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The last document, and its types: while a contract is being watched, a save may change neither. */
let last: { readonly key: string; readonly file: GeneratedFile } | undefined;

/** The types of a document. They depend on nothing that only describes the document as a whole. */
function typesOf(document: JsonObject): GeneratedFile {
  const { info: _, ...rest } = document;
  const key = JSON.stringify(rest);
  if (last?.key !== key) last = { key, file: emitTypes(document) };
  return last.file;
}
