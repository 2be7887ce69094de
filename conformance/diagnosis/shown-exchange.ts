import type { Finding, Violation } from '../finding/finding.js';
import type { FindingCode } from '../finding/finding-codes.js';
import type { Exchange } from '../target/exchange.js';

/** The exchanges of a violation, in order, and which of them the finding shows. */
export type ShownExchange = Pick<Finding, 'exchange' | 'before' | 'after'>;

/** Kinds of violations that may contradict an earlier write; all others lie in the answer itself. */
const MAY_CONTRADICT: ReadonlySet<FindingCode | undefined> = new Set<FindingCode | undefined>([
  undefined,
  'WRONGLY_ACCEPTED',
]);

/**
 * The exchange that shows a violation. Where a reading contradicts the write right before it, that is the write: it did
 * not do what its answer says. Otherwise it is the judged exchange.
 * @param planned - the operation that is checked: its own answers are its own fault
 */
export function shownExchange({ code, exchange, before = [] }: Violation, planned: string): ShownExchange {
  const judged = { exchange, before, after: [] };
  if (!MAY_CONTRADICT.has(code) || !reads(exchange) || operationOf(exchange) === planned) return judged;
  const index = before.findLastIndex((one) => !reads(one));
  const write = before[index];
  if (write === undefined || operationOf(write) === undefined) return judged;
  return { exchange: write, before: before.slice(0, index), after: [...before.slice(index + 1), exchange] };
}

/** The operations that a violation may be the fault of: that of the exchange, and those of the readings after it. */
export function suspectsOf({ exchange, after }: ShownExchange): readonly string[] {
  return [exchange, ...after].flatMap((one) => operationOf(one) ?? []);
}

/** The same finding, showing the last exchange of this operation; unchanged where it has none. */
export function showing(finding: Finding, operation: string): Finding {
  const trail = [...finding.before, finding.exchange, ...finding.after];
  if (operationOf(finding.exchange) === operation) return finding;
  const index = trail.findLastIndex((one) => operationOf(one) === operation);
  const exchange = trail[index];
  if (exchange === undefined) return finding;
  return { ...finding, exchange, before: trail.slice(0, index), after: trail.slice(index + 1) };
}

export function operationOf({ request }: Exchange): string | undefined {
  return request.operation?.id;
}

function reads({ request }: Exchange): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}
