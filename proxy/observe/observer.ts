import { Worker } from 'node:worker_threads';
import { RunError } from '../../conformance/errors.js';
import type { PassedExchange } from '../pass/passed-exchange.js';
import type { Observed } from './observed.js';
import type { TrafficSetup } from './open-traffic.js';

/** Judges and records in a thread of its own, so that traffic never waits for it. */
export interface Observer {
  take(exchange: PassedExchange): void;
  /** Counts what cannot be read. */
  skip(reason: string): void;
  /** Judges what is left, and reports. @param durationMs - how long the proxy ran */
  finish(durationMs: number): Promise<Observed>;
  /** Ends without a report, where the proxy cannot run. The process cannot end while the thread runs. */
  stop(): Promise<void>;
}

/** To the thread. */
export type ObserverTask = { readonly take: PassedExchange } | { readonly skip: string } | { readonly finish: number };

/** From the thread. `taken`: one exchange is done. */
export type ObserverReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'taken'; readonly size: number }
  | { readonly kind: 'finished'; readonly observed: Observed }
  | { readonly kind: 'failed'; readonly message: string };

/** The bodies that may wait for the thread, in bytes, and exchanges. */
const MOST_WAITING = 128 * 1024 * 1024;
const MOST_EXCHANGES = 20_000;
const BEHIND = 'judging was too far behind the traffic';

/** @throws RunError if a recording cannot be written */
export async function startObserver(setup: TrafficSetup): Promise<Observer> {
  // A thread needs built files. When run from the sources, as in tests, this thread does the work.
  return import.meta.url.endsWith('.ts') ? observeHere(setup) : observeInThread(setup);
}

async function observeHere(setup: TrafficSetup): Promise<Observer> {
  const { openTraffic } = await import('./open-traffic.js');
  const traffic = openTraffic(setup);
  return {
    take: (exchange) => traffic.take(exchange),
    skip: (reason) => traffic.skip(reason),
    finish: async (durationMs) => traffic.finish(durationMs),
    stop: async () => undefined,
  };
}

async function observeInThread(setup: TrafficSetup): Promise<Observer> {
  const worker = new Worker(new URL('./observer-worker.js', import.meta.url), { workerData: setup });
  let waiting = 0;
  let exchanges = 0;
  let skipped = 0;
  const { promise: ready, resolve: started, reject: failed } = promiseParts<void>();
  const { promise: finished, resolve: end, reject: broken } = promiseParts<Observed>();
  finished.catch(() => undefined);
  const fail = (error: Error): void => {
    failed(error);
    broken(error);
  };
  worker.on('message', (reply: ObserverReply) => {
    switch (reply.kind) {
      case 'ready':
        return started();
      case 'taken':
        waiting -= reply.size;
        exchanges -= 1;
        return;
      case 'finished':
        return end(reply.observed);
      case 'failed':
        return fail(new RunError('REPORT_NOT_WRITTEN', reply.message));
    }
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new RangeError('The thread that judges has ended.')));
  const send = (task: ObserverTask, transfer: readonly ArrayBuffer[] = []): void =>
    worker.postMessage(task, [...transfer]);
  await ready;
  return {
    take(exchange) {
      const size = sizeOf(exchange);
      if (waiting + size > MOST_WAITING || exchanges >= MOST_EXCHANGES) {
        skipped += 1;
        return;
      }
      waiting += size;
      exchanges += 1;
      send({ take: exchange }, buffersOf(exchange));
    },
    skip: (reason) => send({ skip: reason }),
    async finish(durationMs) {
      for (; skipped > 0; skipped -= 1) send({ skip: BEHIND });
      send({ finish: durationMs });
      try {
        return await finished;
      } finally {
        await worker.terminate();
      }
    },
    async stop() {
      await worker.terminate();
    },
  };
}

function buffersOf({ request, response }: PassedExchange): readonly ArrayBuffer[] {
  return [request.body.bytes?.buffer, response?.body.bytes?.buffer].flatMap((buffer) =>
    buffer instanceof ArrayBuffer && buffer.byteLength > 0 ? [buffer] : [],
  );
}

/** What an exchange takes in memory: its bodies, as far as they were copied. */
export function sizeOf({ request, response }: PassedExchange): number {
  return (request.body.bytes?.byteLength ?? 0) + (response?.body.bytes?.byteLength ?? 0);
}

function promiseParts<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((...parts) => {
    [resolve, reject] = parts;
  });
  return { promise, resolve, reject };
}
