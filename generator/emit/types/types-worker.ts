import { parentPort } from 'node:worker_threads';
import type { JsonObject } from '../../../contract/contract.js';
import { emitTypes } from './types.js';

/** The thread that runs openapi-typescript: receives documents and replies with types or an error. */
parentPort?.on('message', (document: JsonObject) => {
  try {
    parentPort?.postMessage({ file: emitTypes(document) });
  } catch (error) {
    parentPort?.postMessage({ error });
  }
});
