import { Worker } from 'node:worker_threads';
import type { JsonObject } from '../../../contract/contract.js';
import { GeneratorError } from '../../errors.js';
import type { GeneratedFile } from '../generated-file.js';

/** Emits types in parallel with other work. */
export interface TypesThread {
  /** @throws GeneratorError if openapi-typescript cannot convert the document. */
  emit(document: JsonObject): Promise<GeneratedFile>;
  /** Ends the thread, even while it is working. */
  close(): Promise<void>;
}

type Reply = { readonly file: GeneratedFile } | { readonly error: unknown };

/** Starts a thread that takes one document after the other. It loads TypeScript while the first contract is being read. */
export function startTypesThread(): TypesThread {
  // A thread needs built files. When run from the sources, as in tests, this thread does the work.
  if (import.meta.url.endsWith('.ts')) return inThisThread;
  // Hides what openapi-typescript prints: the loader has reported the problems of the contract.
  const worker = new Worker(new URL('./types-worker.js', import.meta.url), { stdout: true, stderr: true });
  return {
    emit: (document) =>
      new Promise((resolve, reject) => {
        const fail = (error: unknown) => reject(typesFailed(error));
        worker.once('error', fail);
        worker.once('message', (reply: Reply) => {
          worker.off('error', fail);
          if ('file' in reply) resolve(reply.file);
          else fail(reply.error);
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
  return new GeneratorError(
    'TYPES_FAILED',
    `"types.ts": openapi-typescript could not convert the contract to types: ${reason}`,
    {
      cause,
    },
  );
}
