import { Worker } from 'node:worker_threads';
import type { JsonObject } from '../../contract/contract.js';
import { GeneratorError } from '../errors.js';
import type { Extras } from '../job.js';
import type { Reply, Task } from './code-task.js';
import type { GeneratedFile } from './generated-file.js';

/** Emits code in parallel with other work. */
export interface CodeThread {
  /**
   * Emits all code for a checked document.
   *
   * @param folder - the name of the output folder, from which samples import
   * @throws GeneratorError if openapi-typescript cannot convert the document, or code would not be valid.
   */
  emitCode(document: JsonObject, folder: string | undefined, extras: Extras): Promise<readonly GeneratedFile[]>;
  /** Ends the thread, even while it is working. */
  close(): Promise<void>;
}

/** Starts a thread that does one task after the other. It loads its code while the first contract is being read. */
export function startCodeThread(): CodeThread {
  // A thread needs built files. When run from the sources, as in tests, this thread does the work.
  const { perform, close } = import.meta.url.endsWith('.ts') ? inThisThread : startWorker();
  return {
    async emitCode({ info = {}, ...document }, folder, extras) {
      const task = { source: JSON.stringify(document), info: JSON.stringify(info), folder, extras };
      const { files, problem } = await perform(task);
      if (problem === undefined) return files;
      const { code, message } = problem;
      throw code === undefined ? new Error(message) : new GeneratorError(code, message);
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
    const { perform } = await import('./code-task.js');
    return perform(task);
  },
  async close() {},
};

function startWorker(): Performer {
  // Hides what openapi-typescript prints: the loader has reported the problems of the contract.
  const worker = new Worker(new URL('./code-worker.js', import.meta.url), { stdout: true, stderr: true });
  const waiting: ((reply: Reply) => void)[] = [];
  let ended: Reply | undefined;
  const end = (message: string) => {
    ended ??= { files: [], problem: { code: 'TYPES_FAILED', message: `"types.ts": ${message}` } };
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
