import { parentPort } from 'node:worker_threads';
import { perform, type Task } from './code-task.js';

/** The thread that emits code: receives tasks and replies in the same order. */
let last = Promise.resolve();
parentPort?.on('message', (task: Task) => {
  last = last.then(async () => parentPort?.postMessage(await perform(task)));
});
