import type { Report } from '../../conformance/report/report.js';

/** The end of what was observed. */
export interface Observed {
  readonly report: Report;
  /** Why recordings are incomplete, a sentence each. */
  readonly failures: readonly string[];
}
