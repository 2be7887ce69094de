import { parentPort } from 'node:worker_threads';
import { emitTypes } from './types.js';

/** The thread in which openapi-typescript runs: it gets the path of a document, and answers with the types or an error. */
parentPort?.on('message', async (spec: string) => {
  try {
    parentPort?.postMessage({ file: await emitTypes(spec) });
  } catch (error) {
    parentPort?.postMessage({ error });
  }
});
