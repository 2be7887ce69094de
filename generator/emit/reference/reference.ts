import type { Contract } from '../../../contract/contract.js';
import { type ClientPlan, planClient } from '../../client/plan.js';
import type { GeneratedFile } from '../generated-file.js';
import { guideJobs, guidesOf } from '../guides/guides.js';
import type { PageSet } from '../pages/page-context.js';
import type { PageJob } from '../pages/page-job.js';
import type { SampleOptions } from '../samples/sample.js';
import { taskJobs } from '../tasks/task-page.js';
import { indexPage } from './index-page.js';
import { operationPage } from './operation-page.js';

export interface ReferenceOptions {
  readonly plan?: ClientPlan;
  /** The languages of the samples. */
  readonly samples?: SampleOptions['languages'] | undefined;
}

/**
 * Emits the documentation in Markdown: `docs/README.md` with a list of all pages, one page per operation, `docs/tasks` for
 * the tasks of the contract, and `docs/guides` for the topics that it has facts about.
 */
export function emitReference(contract: Contract, options: ReferenceOptions = {}): readonly GeneratedFile[] {
  return pageJobs(contract, options).map((job) => job.emit());
}

/** The same pages as jobs that emit one page each. The same contract gives the same jobs in the same order. */
export function pageJobs(
  contract: Contract,
  { plan = planClient(contract), samples }: ReferenceOptions = {},
): readonly PageJob[] {
  const set: PageSet = { contract, plan, guides: guidesOf(contract), samples };
  return [
    { emit: () => indexPage(set) },
    ...guideJobs(set),
    ...taskJobs(set),
    ...plan.methods.map((method) => ({
      operation: method.operation,
      emit: () => operationPage(set, method),
    })),
  ];
}
