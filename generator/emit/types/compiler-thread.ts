import { Worker } from 'node:worker_threads';
import type { JsonObject } from '../../../contract/contract.js';
import { GeneratorError } from '../../errors.js';
import type { GeneratedFile } from '../generated-file.js';
import type { Reply, Task } from './compiler-task.js';

/** Makes the types in parallel with other work. */
export interface CompilerThread {
  /** Emits `types.ts`. @throws GeneratorError if openapi-typescript cannot convert the document. */
  emitTypes(document: JsonObject): Promise<GeneratedFile>;
  /** Ends the thread, even while it is working. */
  close(): Promise<void>;
}

/** Starts a thread that does one task after the other. It loads its code while the first contract is being read. */
export function startCompilerThread(): CompilerThread {
  // A thread needs built files. When run from the sources, as in tests, this thread does the work.
  const { perform, close } = import.meta.url.endsWith('.ts') ? inThisThread : startWorker();
  return {
    // The types depend on nothing that only describes the document as a whole.
    async emitTypes({ info: _, ...document }) {
      const { file, problem } = await perform({ emit: JSON.stringify(document) });
      if (file !== undefined) return file;
      const message = `"types.ts": openapi-typescript could not convert the contract to types: ${problem}`;
      throw new GeneratorError('TYPES_FAILED', message);
    },
    close,
  };
}

interface Performer {
  perform(task: Task): Promise<Reply>;
  close(): Promise<void>;
}

const inThisThread: Performer = {
  async perform(task) {
    const { perform } = await import('./compiler-task.js');
    return perform(task);
  },
  async close() {},
};

function startWorker(): Performer {
  // Hides what openapi-typescript prints: the loader has reported the problems of the contract.
  const worker = new Worker(new URL('./compiler-worker.js', import.meta.url), { stdout: true, stderr: true });
  const waiting: ((reply: Reply) => void)[] = [];
  let ended: Reply | undefined;
  const end = (problem: string) => {
    ended ??= { problem };
    for (const resolve of waiting.splice(0)) resolve(ended);
  };
  worker.on('message', (reply: Reply) => waiting.shift()?.(reply));
  worker.on('error', (error) => end(error.message));
  worker.on('exit', () => end('the thread has ended'));
  return {
    perform: (task) =>
      new Promise((resolve) => {
        if (ended !== undefined) return resolve(ended);
        waiting.push(resolve);
        worker.postMessage(task);
      }),
    async close() {
      await worker.terminate();
    },
  };
}
