import { parentPort, workerData } from 'node:worker_threads';
import { RunError } from '../../conformance/errors.js';
import { type ObserverReply, type ObserverTask, sizeOf } from './observer.js';
import { openTraffic } from './open-traffic.js';
import type { Traffic } from './traffic.js';

/** The thread of an observer: takes exchanges one after the other. */
const reply = (message: ObserverReply): void => parentPort?.postMessage(message);

function open(): Traffic | undefined {
  try {
    return openTraffic(workerData);
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    reply({ kind: 'failed', message: error.message });
    return undefined;
  }
}

const traffic = open();
if (traffic !== undefined) {
  parentPort?.on('message', (task: ObserverTask) => {
    if ('take' in task) {
      const size = sizeOf(task.take);
      traffic.take(task.take);
      reply({ kind: 'taken', size });
    } else if ('skip' in task) traffic.skip(task.skip);
    else reply({ kind: 'finished', observed: traffic.finish(task.finish) });
  });
  reply({ kind: 'ready' });
}
