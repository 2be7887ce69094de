import type { Contract } from '../../../contract/contract.js';
import { type ClientPlan, planClient } from '../../client/plan.js';
import type { GeneratedFile } from '../generated-file.js';
import { indexPage } from './index-page.js';
import { operationPage } from './operation-page.js';

/** The reference in Markdown: `docs/README.md`, which lists all operations, and a page for each of them. */
export function emitReference(contract: Contract, plan: ClientPlan = planClient(contract)): readonly GeneratedFile[] {
  return [indexPage(contract), ...plan.methods.map((method) => operationPage(contract, plan, method))];
}
