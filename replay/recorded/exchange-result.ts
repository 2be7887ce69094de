import type { Json } from '../../contract/contract.js';
import type { Difference } from '../compare/difference.js';

/** An answer in a report. */
export interface ReportedAnswer {
  readonly status: number;
  readonly body?: Json;
}

/** The result of replaying an exchange. */
export type ExchangeResult =
  /** Outside the contract, not judged. */
  | { readonly kind: 'outside'; readonly why: readonly string[] }
  | { readonly kind: 'matched' }
  /** Depends on something that is not in the recording and could not be created, not judged. */
  | { readonly kind: 'assumed'; readonly reason: string }
  | {
      readonly kind: 'mismatched';
      /** The recorded answer with the ids and cursors of the target. */
      readonly expected: ReportedAnswer;
      /** Absent: the request was not sent because the recording itself violates the contract. */
      readonly actual?: ReportedAnswer;
      readonly differences: readonly Difference[];
    };
