import type { Contract } from '../../../contract/contract.js';
import { type ClientPlan, planClient } from '../../client/plan.js';
import type { GeneratedFile } from '../generated-file.js';
import { indexPage } from './index-page.js';
import { operationPage } from './operation-page.js';

/** Emits the reference in Markdown: `docs/README.md` with a list of all operations, and one page per operation. */
export function emitReference(contract: Contract, plan: ClientPlan = planClient(contract)): readonly GeneratedFile[] {
  return [indexPage(contract), ...plan.methods.map((method) => operationPage(contract, plan, method))];
}
