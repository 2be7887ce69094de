import type { Operation } from '../../contract/contract.js';
import { answeredItem } from '../../contract/item-envelope.js';
import { isObject } from '../../contract/pointer.js';
import type { CheckContext } from '../check.js';
import { readRequest } from '../lookup/resource-operations.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { refusalFor } from './expected-refusal.js';

/** An update, and what reads of the resource showed before and after it. */
export interface Renaming {
  readonly before: Exchange;
  readonly updated: Exchange;
  readonly after: Exchange;
}

/** The operations that read a resource by another property than its key. */
export function readsByName(operation: Operation, { contract }: Pick<CheckContext, 'contract'>): readonly Operation[] {
  const target = operation.effect?.target;
  return contract.operations.filter(
    ({ effect }) => effect?.kind === 'read' && effect.target === target && effect.by !== undefined,
  );
}

/** An update of the property by which an operation reads: the former value must name nothing any more. */
export async function judgeFormerNames(operation: Operation, renaming: Renaming, context: CheckContext): Promise<void> {
  const { before, updated, after } = renaming;
  const [then, now] = [before, after].map(({ request, response }) =>
    answeredItem(request.operation?.effect, response.json),
  );
  if (!isObject(then) || !isObject(now)) return;
  for (const reading of readsByName(operation, context)) {
    const { by = '', target } = reading.effect ?? { target: '' };
    const former = then[by];
    if (typeof former !== 'string' || former === now[by]) continue;
    const exchange = await context.send(readRequest(context.contract, reading, { [target]: former }));
    const because = `no ${target} has this ${by} any more`;
    const expected = refusalFor(reading, (cause) => cause.kind === 'unknown' && cause.of === target, because);
    const violations = context.judge(exchange, expected);
    if (!succeeded(exchange)) context.report(...violations);
    else context.report(...violations.map((each) => ({ ...each, before: [before, updated] })));
  }
}
