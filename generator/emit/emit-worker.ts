import { parentPort } from 'node:worker_threads';
import { type Begun, beginTypes, finishWithPages, type PagesTask, type Reply, type TypesTask } from './emit-task.js';

/** The thread beside the main one: receives the two tasks of each document in turn, and reports each. */
parentPort?.on('message', (task: TypesTask | PagesTask) => parentPort?.postMessage(report(task)));

function report(task: TypesTask | PagesTask): Begun | Reply {
  if (!('source' in task)) return finishWithPages(task);
  beginTypes(task);
  return 'begun';
}
