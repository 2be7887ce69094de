import type { Contract } from '../../../contract/contract.js';
import type { ClientPlan } from '../../client/plan.js';
import type { SampleSource } from './sample-source.js';

/** A language of samples. */
export interface Language {
  /** As `--samples` takes it. */
  readonly key: string;
  readonly label: string;
  /** The name of the language in a fenced code block. */
  readonly syntax: string;
  /** Whether a contract has it at all; absent: every contract has. */
  readonly isOffered?: (contract: Contract) => boolean;
  readonly write: (source: SampleSource, plan: ClientPlan) => string | Omitted;
}

/** Why a language has no sample of an operation, as a sentence. */
export interface Omitted {
  readonly omitted: string;
}
