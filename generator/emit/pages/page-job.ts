import type { Operation } from '../../../contract/contract.js';
import type { GeneratedFile } from '../generated-file.js';

/** A page that is still to be emitted. */
export interface PageJob {
  /** What the page is about. Absent: the contract as a whole. */
  readonly operation?: Operation;
  emit(): Page;
}

export interface Page extends GeneratedFile {
  /** The ids of other operations whose titles the page shows. */
  readonly titles: readonly string[];
}
