import type { Contract } from '../../../contract/contract.js';
import type { ClientPlan } from '../../client/plan.js';
import { pageJobs } from '../reference/reference.js';
import type { SampleOptions } from '../samples/sample.js';
import type { Page, PageJob } from './page-job.js';

/** Pages that two threads emit together. Both plan them from the same document, so both have them in the same order. */
export interface SharedPages {
  /** The languages of the samples: every page is emitted once for each of these. */
  readonly languages: readonly SampleOptions['languages'][];
  /** Memory of both threads, with a byte for each page: 1 if a thread has taken it. */
  readonly taken: Uint8Array<SharedArrayBuffer>;
}

/** A page, and its place among all. */
export type NumberedPage = readonly [index: number, page: Page];

/** The pages to emit, for each set of languages. */
export function jobsOf(contract: Contract, plan: ClientPlan, languages: SharedPages['languages']): readonly PageJob[] {
  return languages.flatMap((samples) => pageJobs(contract, { plan, samples }));
}

export function sharedPages(languages: SharedPages['languages'], count: number): SharedPages {
  return { languages, taken: new Uint8Array(new SharedArrayBuffer(count)) };
}

/** Takes a page. @returns whether this thread is the one to emit it */
export function take({ taken }: SharedPages, index: number): boolean {
  return Atomics.exchange(taken, index, 1) === 0;
}

/** Takes pages one after the other, as long as some are left. @param order - the places of pages */
export function* takeEach(shared: SharedPages, order: Iterable<number>): Generator<number> {
  for (const index of order) if (take(shared, index)) yield index;
}

/** Emits pages. @param taken - their places; each page may be taken when its turn comes */
export function* emitPages(jobs: readonly PageJob[], taken: Iterable<number>): Generator<NumberedPage> {
  for (const index of taken) {
    const job = jobs[index];
    if (job !== undefined) yield [index, job.emit()];
  }
}
