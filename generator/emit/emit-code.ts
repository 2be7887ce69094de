import type { Contract } from '../../contract/contract.js';
import type { ClientPlan } from '../client/plan.js';
import type { Extras } from '../job.js';
import { emitClient } from './client/client.js';
import type { Remember } from './client/code-memory.js';
import { emitFunctions } from './client/functions.js';
import { emitOperations } from './client/operations.js';
import { emitRoutes } from './client/routes.js';
import { emitServer, planAccess } from './client/server.js';
import { emitExtras } from './emit-extras.js';
import type { GeneratedFile } from './generated-file.js';

/**
 * Emits the code of a contract, apart from `types.ts` and the runtime. Its syntax is not checked yet: a reader may check
 * a file while the next one is emitted.
 */
export async function* emitCode(
  contract: Contract,
  plan: ClientPlan,
  extras: Extras,
  remember?: Remember,
): AsyncGenerator<GeneratedFile> {
  yield emitClient(contract, plan, remember);
  const access = planAccess(contract, plan);
  yield emitFunctions(contract, plan, access, remember);
  yield emitOperations(contract, plan, remember);
  yield emitRoutes(plan, access);
  yield emitServer(plan, access);
  yield* emitExtras(contract, plan, extras);
}
