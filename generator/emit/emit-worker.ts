import { parentPort } from 'node:worker_threads';
import { beginTypes, finishWithPages, type PagesTask, type TypesTask } from './emit-task.js';

/** The thread beside the main one: receives the two tasks of each document in turn, and replies to the second. */
parentPort?.on('message', (task: TypesTask | PagesTask) => {
  if ('source' in task) beginTypes(task);
  else parentPort?.postMessage(finishWithPages(task));
});
