import { buildContract } from '../../contract/read/read.js';
import { planClient } from '../client/plan.js';
import { GeneratorError } from '../errors.js';
import type { Extras } from '../job.js';
import { emitClient } from './client/client.js';
import { emitFunctions } from './client/functions.js';
import { emitOperations } from './client/operations.js';
import { emitRoutes } from './client/routes.js';
import { emitServer, planAccess } from './client/server.js';
import { emitExtras } from './emit-extras.js';
import type { GeneratedFile } from './generated-file.js';
import { checkSyntax } from './types/syntax.js';
import { emitTypes } from './types/types.js';

/** A task of the thread: emit all code for a document. */
export interface Task {
  /** The document as JSON, without its `info`. The types depend on nothing else. */
  readonly source: string;
  /** The `info` of the document as JSON. */
  readonly info: string;
  /** The name of the output folder, from which samples import. */
  readonly folder: string | undefined;
  readonly extras: Extras;
}

export interface Reply {
  /** Empty if there is a problem. */
  readonly files: readonly GeneratedFile[];
  /** What went wrong; without a code, it is a defect. */
  readonly problem?: { readonly code: GeneratorError['code'] | undefined; readonly message: string };
}

export async function perform(task: Task): Promise<Reply> {
  try {
    return { files: await emitCode(task) };
  } catch (error) {
    const code = error instanceof GeneratorError ? error.code : undefined;
    return { files: [], problem: { code, message: error instanceof Error ? error.message : String(error) } };
  }
}

/** @throws GeneratorError if openapi-typescript fails, or code would not be valid. */
async function emitCode({ source, info, folder, extras }: Task): Promise<readonly GeneratedFile[]> {
  const contract = buildContract({ ...JSON.parse(source), info: JSON.parse(info) });
  const plan = planClient(contract, folder);
  const access = planAccess(contract, plan);
  const code = [
    emitClient(contract, plan),
    emitFunctions(contract, plan, access),
    emitRoutes(plan, access),
    emitServer(plan, access),
    emitOperations(contract, plan),
    ...(await emitExtras(contract, plan, extras)),
  ];
  checkSyntax(code);
  return [...code, typesOf(source)];
}

/** The last document, and its types: while a contract is being watched, a save may change neither. */
let last: { readonly source: string; readonly file: GeneratedFile } | undefined;

function typesOf(source: string): GeneratedFile {
  if (last?.source === source) return last.file;
  try {
    last = { source, file: emitTypes(source) };
    return last.file;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `"types.ts": openapi-typescript could not convert the contract to types: ${reason}`;
    throw new GeneratorError('TYPES_FAILED', message, { cause });
  }
}
