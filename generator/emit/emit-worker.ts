import { parentPort } from 'node:worker_threads';
import { perform, type Task } from './emit-task.js';

/** The thread beside the main one: receives tasks and replies in the same order. */
parentPort?.on('message', (task: Task) => parentPort?.postMessage(perform(task)));
