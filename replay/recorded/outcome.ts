import type { Json } from '../../contract/contract.js';
import type { Difference } from '../compare/difference.js';

/** An answer, for a report. */
export interface Answer {
  readonly status: number;
  readonly body?: Json;
}

/** What became of an exchange. */
export type Outcome =
  /** Not in the contract: not judged. `sent`: what of it the contract knows was sent, so that the rest finds it done. */
  | { readonly kind: 'outside'; readonly why: readonly string[] }
  | { readonly kind: 'matched' }
  /** It rests on something that cannot be had here: not judged. */
  | { readonly kind: 'assumed'; readonly reason: string }
  | {
      readonly kind: 'mismatched';
      /** The recorded answer, in the target's words; absent values stand for themselves. */
      readonly expected: Answer;
      /** Absent: it was not sent, for the recording itself breaks the contract. */
      readonly actual?: Answer;
      readonly differences: readonly Difference[];
    };
