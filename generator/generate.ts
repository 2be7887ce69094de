import { readFile } from 'node:fs/promises';
import { loadContract } from '../contract/load/load.js';
import { planClient } from './client/plan.js';
import { emitClient } from './emit/client/client.js';
import { emitOperations } from './emit/client/operations.js';
import { emitRoutes } from './emit/client/routes.js';
import { emitRuntime } from './emit/client/runtime.js';
import type { GeneratedFile } from './emit/generated-file.js';
import { emitReadme } from './emit/reference/readme.js';
import { emitReference } from './emit/reference/reference.js';
import type { TypesThread } from './emit/types/types-thread.js';
import { hash } from './output/memory.js';

/**
 * Everything that follows from a contract, in the order of its paths. Types are made in their thread while all else is
 * made here.
 *
 * @param sources gets the path of each file that the contract is made of, and the hash of its text; also the path of one
 * that cannot be read.
 * @throws ContractError where the contract is no good, GeneratorError where no types can be made of it.
 */
export async function generate(
  spec: string,
  types: TypesThread,
  sources: Map<string, string>,
): Promise<readonly GeneratedFile[]> {
  const { contract } = await loadContract(spec, async (path) => {
    sources.set(path, '');
    const text = await readFile(path, 'utf8');
    sources.set(path, hash(text));
    return text;
  });
  const typesFile = types.emit(contract.document);
  // Should something fail here before it is awaited, that is told.
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
