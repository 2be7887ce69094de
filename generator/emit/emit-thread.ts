import { Worker } from 'node:worker_threads';
import type { JsonObject } from '../../contract/contract.js';
import { GeneratorError } from '../errors.js';
import type { Reply, Task } from './emit-task.js';
import type { GeneratedFile } from './generated-file.js';
import type { NumberedPage } from './pages/shared-pages.js';

/** Emits types and pages in parallel with other work. */
export interface EmitThread {
  /**
   * Emits the types of a checked document, and the pages that the caller leaves to it.
   *
   * @throws GeneratorError if openapi-typescript cannot convert the document.
   */
  emit(document: JsonObject, options: Omit<Task, 'source' | 'info'>): Promise<Emitted>;
  /** Ends the thread, even while it is working. */
  close(): Promise<void>;
}

export interface Emitted {
  readonly types: GeneratedFile;
  readonly pages: readonly NumberedPage[];
}

/** Starts a thread that does one task after the other. It loads its code while the first contract is being read. */
export function startEmitThread(): EmitThread {
  // A thread needs built files. When run from the sources, as in tests, this thread does the work.
  const { perform, close } = import.meta.url.endsWith('.ts') ? inThisThread : startWorker();
  return {
    async emit({ info = {}, ...document }, options) {
      const task = { source: JSON.stringify(document), info: JSON.stringify(info), ...options };
      const reply = await perform(task);
      if (!('problem' in reply)) return reply;
      const { code, message } = reply.problem;
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
    const { perform } = await import('./emit-task.js');
    return perform(task);
  },
  async close() {},
};

function startWorker(): Performer {
  // Hides what openapi-typescript prints: the loader has reported the problems of the contract.
  const worker = new Worker(new URL('./emit-worker.js', import.meta.url), { stdout: true, stderr: true });
  const waiting: ((reply: Reply) => void)[] = [];
  let ended: Reply | undefined;
  const end = (message: string) => {
    ended ??= { problem: { code: 'TYPES_FAILED', message: `"types.ts": ${message}` } };
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
