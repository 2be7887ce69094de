import { Worker } from 'node:worker_threads';
import type { JsonObject } from '../../../contract/contract.js';
import { GeneratorError } from '../../errors.js';
import type { GeneratedFile } from '../generated-file.js';

/** Emits types beside whatever else is being done. */
export interface TypesThread {
  /** @throws GeneratorError where openapi-typescript cannot make types of a document. */
  emit(document: JsonObject): Promise<GeneratedFile>;
  /** Ends the thread, also in the middle of its work. */
  close(): Promise<void>;
}

type Answer = { readonly file: GeneratedFile } | { readonly error: unknown };

/** One thread for one document after the other. It loads TypeScript while the first contract is being read. */
export function startTypesThread(): TypesThread {
  // Only built files can be a thread's: from the sources, as in tests, the work is done here.
  if (import.meta.url.endsWith('.ts')) return inThisThread;
  // What openapi-typescript prints is kept from the terminal: whatever is wrong with a contract is told once, by us.
  const worker = new Worker(new URL('./types-worker.js', import.meta.url), { stdout: true, stderr: true });
  return {
    emit: (document) =>
      new Promise((resolve, reject) => {
        const fail = (error: unknown) => reject(typesFailed(error));
        worker.once('error', fail);
        worker.once('message', (answer: Answer) => {
          worker.off('error', fail);
          if ('file' in answer) resolve(answer.file);
          else fail(answer.error);
        });
        worker.postMessage(document);
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}

const inThisThread: TypesThread = {
  async emit(document) {
    const { emitTypes } = await import('./types.js');
    try {
      return emitTypes(document);
    } catch (error) {
      throw typesFailed(error);
    }
  },
  close: async () => {},
};

function typesFailed(cause: unknown): GeneratorError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new GeneratorError('TYPES_FAILED', `"types.ts": openapi-typescript made no types of the contract: ${reason}`, {
    cause,
  });
}
