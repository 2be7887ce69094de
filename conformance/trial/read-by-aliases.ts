import type { Contract, Operation } from '../../contract/contract.js';
import type { CheckContext } from '../check.js';
import { namesOf, pathNaming } from '../lookup/path-names.js';
import { succeeded } from '../target/exchange.js';
import { buildRequest } from '../target/request.js';

/** The properties by which a path may name an item, besides its key. */
export function aliasesOf({ effect }: Operation, contract: Contract): readonly string[] {
  const isRead = effect?.kind === 'read' && effect.on === 'resource' && effect.by === undefined;
  return isRead && effect.of[effect.target] !== undefined ? (contract.resources.get(effect.target)?.aliases ?? []) : [];
}

/** Reads an item by each other name that the contract allows in the path. */
export async function readByAliases(operation: Operation, context: CheckContext): Promise<void> {
  const target = operation.effect?.target ?? '';
  for (const alias of aliasesOf(operation, context.contract)) {
    const subject = await context.fixtures.subject(target);
    const name = subject.value[alias];
    if (typeof name !== 'string') continue;
    const values = await context.fixtures.valid(operation);
    const path = { ...values.path, ...pathNaming(operation, { ...namesOf(subject), [target]: name }) };
    const exchange = await context.send(buildRequest(operation, { ...values, path }));
    const violations = context.judge(exchange, { kind: 'success' });
    const where = succeeded(exchange) ? '' : ` where the path has ${alias}`;
    context.report(...violations.map((each) => ({ ...each, cause: `${each.cause}${where}` })));
  }
}
