import { isDerived } from '../../contract/is-derived.js';
import type { CheckContext } from '../check.js';
import type { Violation } from '../finding/finding.js';
import { type Exchange, refused, succeeded } from '../target/exchange.js';
import { withEffectEvidence } from './effect-evidence.js';

/** What is known of a change before it is sent. */
export interface ExpectedChange {
  /** A tuple to add exists already, or may. */
  readonly again: boolean;
  /** Something that is to be added exists, or something to be removed does not; or it may be so. */
  readonly vain: boolean;
}

/**
 * Judges the response to adding or removing tuples, which must succeed. The contract may be less sure that adding an
 * existing tuple does; where the relation was derived, nothing says that a change in vain does.
 */
export function judgeChange(
  exchange: Exchange,
  { again, vain }: ExpectedChange,
  context: CheckContext,
): readonly Violation[] {
  const { operation } = exchange.request;
  if (vain && refused(exchange) && isDerived(context.contract, operation?.effect?.target)) return [];
  const violations = context.judge(exchange, { kind: 'success' });
  // What is wrong with the answer to a success is wrong whether or not the entry existed.
  if (!again || operation === undefined || succeeded(exchange)) return violations;
  return withEffectEvidence('add', violations, operation, context.contract).map((violation) => ({
    ...violation,
    cause: `${violation.cause} for an existing entry`,
    expected: `${violation.expected}, also for an existing entry`,
  }));
}
