import type { Contract } from '../../contract/contract.js';
import type { ClientPlan } from '../client/plan.js';
import type { Extras } from '../job.js';
import type { GeneratedFile } from './generated-file.js';

/** The modules for other libraries that a run asks for. Their emitters are loaded on demand: most runs need none. */
export async function* emitExtras(
  contract: Contract,
  plan: ClientPlan,
  { validators, msw, query }: Extras,
): AsyncGenerator<GeneratedFile> {
  if (validators !== undefined) {
    const { emitValidators } = await import('./validators/validators.js');
    yield emitValidators(contract, plan, validators);
  }
  if (msw) {
    const { emitHandlers } = await import('./msw/handlers.js');
    yield emitHandlers(contract, plan);
  }
  if (query !== undefined) {
    const { emitQueries } = await import('./query/queries.js');
    yield emitQueries(contract, plan);
  }
}
