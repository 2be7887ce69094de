import { parentPort } from 'node:worker_threads';
import type { JsonObject } from '../../../contract/contract.js';
import { emitTypes } from './types.js';

/** The thread in which openapi-typescript runs: it gets a document, and answers with its types or an error. */
parentPort?.on('message', (document: JsonObject) => {
  try {
    parentPort?.postMessage({ file: emitTypes(document) });
  } catch (error) {
    parentPort?.postMessage({ error });
  }
});
