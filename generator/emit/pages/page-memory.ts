import { areSame, type OperationFacts } from '../operation-facts.js';
import type { Page, PageJob } from './page-job.js';
import type { NumberedPage } from './shared-pages.js';

/** The pages of the last run: while a contract is being watched, a save changes few of them. */
export class PageMemory {
  #pages: ReadonlyMap<number, Page> = new Map();
  #facts: OperationFacts | undefined;

  /** Pages of the last run that were made from the same facts. Pages about the whole contract are not among them. */
  recall(jobs: readonly PageJob[], facts: OperationFacts): readonly NumberedPage[] {
    const last = this.#facts;
    // With the same shared facts, the run has the same pages in the same order.
    if (last === undefined || !areSame(last.shared, facts.shared)) return [];
    return jobs.flatMap(({ operation }, index) => {
      const page = this.#pages.get(index);
      if (page === undefined || operation === undefined) return [];
      const isSame =
        areSame(last.own.get(operation.id), facts.own.get(operation.id)) &&
        page.titles.every((id) => last.titles.get(id) === facts.titles.get(id));
      return isSame ? [[index, page]] : [];
    });
  }

  /** Keeps the pages of a run instead of those of the last one. */
  keep(pages: readonly NumberedPage[], facts: OperationFacts): void {
    this.#pages = new Map(pages);
    this.#facts = facts;
  }
}
