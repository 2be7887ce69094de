import { parentPort } from 'node:worker_threads';
import { perform, type Task } from './compiler-task.js';

/** The thread that runs openapi-typescript and the compiler: receives tasks and replies in the same order. */
parentPort?.on('message', (task: Task) => parentPort?.postMessage(perform(task)));
