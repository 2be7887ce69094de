import type { CheckContext } from '../check.js';
import type { Violation } from '../finding.js';
import type { Exchange } from '../target/exchange.js';
import { weighedByEffect } from './effect-evidence.js';

/**
 * Judges the answer to an addition or a removal that must succeed.
 * @param again - it adds something that is, or may be, there already: the contract may be less sure that this succeeds
 */
export function judgeChange(exchange: Exchange, again: boolean, context: CheckContext): readonly Violation[] {
  const violations = context.judge(exchange, { kind: 'success' });
  const { operation } = exchange.request;
  if (!again || operation === undefined) return violations;
  return weighedByEffect('add', violations, operation, context.contract).map((violation) => ({
    ...violation,
    cause: `${violation.cause}, for what is there already`,
    expected: `${violation.expected}, also for what is there already`,
  }));
}
