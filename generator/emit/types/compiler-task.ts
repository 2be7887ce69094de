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
    if ('emit' in task) return { file: emitTypes(task.emit) };
    const [problem] = task.check.flatMap((file) => syntaxProblem(file) ?? []);
    return problem === undefined ? {} : { problem };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
