import { readFile } from 'node:fs/promises';
import { loadContract } from '../../contract/load/load.js';
import { planClient } from '../client/plan.js';
import type { Job } from '../job.js';
import { hash } from '../output/run-cache.js';
import { emitClient } from './client/client.js';
import { emitOperations } from './client/operations.js';
import { emitRoutes } from './client/routes.js';
import { emitRuntime } from './client/runtime.js';
import type { GeneratedFile } from './generated-file.js';
import { emitReadme } from './reference/readme.js';
import { emitReference } from './reference/reference.js';
import type { TypesThread } from './types/types-thread.js';

/**
 * All files generated from a contract, sorted by path. The types are emitted in their own thread while everything else
 * is emitted in this one.
 *
 * @param sources is filled with the path of each file of the contract and the hash of the text that was read; the hash
 * is empty for a file that could not be read.
 * @throws ContractError if the contract is invalid, GeneratorError if openapi-typescript fails.
 */
export async function emitFiles(
  { spec, allowRef }: Pick<Job, 'spec' | 'allowRef'>,
  types: TypesThread,
  sources: Map<string, string>,
): Promise<readonly GeneratedFile[]> {
  const { contract } = await loadContract(spec, {
    allowRef,
    read: async (path) => {
      sources.set(path, '');
      const text = await readFile(path, 'utf8');
      sources.set(path, hash(text));
      return text;
    },
  });
  const typesFile = types.emit(contract.document);
  // Prevents an unhandled rejection if the code below throws before the promise is awaited.
  typesFile.catch(() => {});
  const plan = planClient(contract);
  const runtime = await emitRuntime();
  const files = [
    emitClient(contract, plan),
    emitRoutes(plan),
    emitOperations(contract, plan),
    emitReadme(contract, plan),
    ...emitReference(contract, plan),
    ...runtime,
    await typesFile,
  ];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
