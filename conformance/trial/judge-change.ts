import type { CheckContext } from '../check.js';
import type { Violation } from '../finding.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { withEffectEvidence } from './effect-evidence.js';

/**
 * Judges the response to adding or removing tuples, which must succeed.
 * @param again - a tuple already exists, or may: the contract may be less sure that adding it succeeds
 */
export function judgeChange(exchange: Exchange, again: boolean, context: CheckContext): readonly Violation[] {
  const violations = context.judge(exchange, { kind: 'success' });
  const { operation } = exchange.request;
  // What is wrong with the answer to a success is wrong whether or not the entry existed.
  if (!again || operation === undefined || succeeded(exchange)) return violations;
  return withEffectEvidence('add', violations, operation, context.contract).map((violation) => ({
    ...violation,
    cause: `${violation.cause} for an existing entry`,
    expected: `${violation.expected}, also for an existing entry`,
  }));
}
