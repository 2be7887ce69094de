import { Worker } from 'node:worker_threads';
import type { JsonObject } from '../../contract/contract.js';
import { GeneratorError } from '../errors.js';
import { textOf, withoutInfo } from './document-text.js';
import type { Begun, PagesTask, Reply, TypesTask } from './emit-task.js';
import type { GeneratedFile } from './generated-file.js';
import type { NumberedPage } from './pages/shared-pages.js';

/** Emits types and pages in parallel with other work. */
export interface EmitThread {
  /**
   * Begins with the types of a document that is still being checked, so that `emit` has them earlier. If the checks
   * change the document, `emit` begins again, and `begin` does nothing for later documents.
   */
  begin(document: JsonObject): void;
  /**
   * Emits the types of a checked document, and the pages that the caller leaves to it.
   *
   * @throws GeneratorError if openapi-typescript cannot convert the document.
   */
  emit(document: JsonObject, options: EmitOptions): Promise<Emitted>;
  /** Gives up a document that was begun and is not emitted: its faults may keep the thread busy forever. */
  giveUp(): void;
  /** Ends the thread, even while it is working. */
  close(): Promise<void>;
}

type EmitOptions = Omit<PagesTask, 'info'>;

export interface Emitted {
  readonly types: GeneratedFile;
  readonly pages: readonly NumberedPage[];
}

/**
 * Starts a thread that emits for one document after the other. It loads its code while the first one is being read.
 *
 * @param isWatched - whether similar documents follow: then types are kept, and speed counts more than memory
 */
export function startEmitThread(isWatched = false): EmitThread {
  // A thread needs built files. When run from the sources, as in tests, this thread does the work.
  return import.meta.url.endsWith('.ts') ? inThisThread(isWatched) : new EmitWorker(isWatched);
}

const inThisThread = (isWatched: boolean): EmitThread => ({
  begin() {},
  giveUp() {},
  async emit(document, options) {
    const { beginTypes, finishWithPages } = await import('./emit-task.js');
    beginTypes({ source: withoutInfo(textOf(document)), isWatched });
    return emitted(finishWithPages({ info: textOf(document).info, ...options }));
  },
  async close() {},
});

class EmitWorker implements EmitThread {
  readonly #isWatched: boolean;
  #worker: RunningWorker;
  #begun: JsonObject | undefined;
  #isChangedByChecks = false;

  constructor(isWatched: boolean) {
    this.#isWatched = isWatched;
    this.#worker = startWorker(isWatched);
  }

  begin(document: JsonObject): void {
    if (this.#isChangedByChecks) return;
    this.giveUp();
    this.#begin(document);
  }

  async emit(document: JsonObject, options: EmitOptions): Promise<Emitted> {
    if (this.#begun !== document) {
      this.#isChangedByChecks ||= this.#begun !== undefined;
      this.giveUp();
      this.#begin(document);
    }
    this.#begun = undefined;
    return emitted(await this.#worker.finish({ info: textOf(document).info, ...options }));
  }

  giveUp(): void {
    this.#begun = undefined;
    if (!this.#worker.isBusy()) return;
    void this.#worker.close();
    this.#worker = startWorker(this.#isWatched);
  }

  async close(): Promise<void> {
    await this.#worker.close();
  }

  #begin(document: JsonObject): void {
    this.#begun = document;
    this.#worker.begin({ source: withoutInfo(textOf(document)), isWatched: this.#isWatched });
  }
}

function emitted(reply: Reply): Emitted {
  if (!('problem' in reply)) return reply;
  const { code, message } = reply.problem;
  throw code === undefined ? new Error(message) : new GeneratorError(code, message);
}

interface RunningWorker {
  begin(task: TypesTask): void;
  /** Whether the types that it began with are not finished. */
  isBusy(): boolean;
  finish(task: PagesTask): Promise<Reply>;
  close(): Promise<void>;
}

const YOUNG_GENERATION_MB = 3;

function startWorker(isWatched: boolean): RunningWorker {
  // Hides what openapi-typescript prints: the loader has reported the problems of the contract.
  const worker = new Worker(new URL('./emit-worker.js', import.meta.url), {
    stdout: true,
    stderr: true,
    // Most of a larger space for new objects is garbage: a sixth of the memory of the whole run.
    ...(isWatched ? {} : { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB } }),
  });
  const waiting: ((reply: Reply) => void)[] = [];
  let ended: Reply | undefined;
  let unfinished = 0;
  const end = (message: string) => {
    ended ??= { problem: { code: 'TYPES_FAILED', message: `"types.ts": ${message}` } };
    for (const resolve of waiting.splice(0)) resolve(ended);
  };
  worker.on('message', (message: Reply | Begun) => {
    if (message === 'begun') unfinished -= 1;
    else waiting.shift()?.(message);
  });
  worker.on('error', (error) => end(error.message));
  worker.on('exit', () => end('the thread has ended'));
  return {
    begin(task) {
      unfinished += 1;
      worker.postMessage(task);
    },
    isBusy: () => unfinished > 0,
    finish: (task) =>
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
