import type { CheckContext } from '../check.js';
import { neededValues } from '../lookup/needed-values.js';
import { namesInPath, pathNaming } from '../lookup/path-names.js';
import { createdKey } from '../lookup/resource-operations.js';
import type { Exchange } from '../target/exchange.js';
import { buildRequest, noValues } from '../target/request.js';

/** Removes what a request created, so that a later one with the same names is not refused as a duplicate. */
export async function removeCreated(exchange: Exchange, context: CheckContext): Promise<void> {
  const { operation, values = noValues } = exchange.request;
  const target = operation?.effect?.kind === 'create' ? operation.effect.target : undefined;
  if (operation === undefined || target === undefined) return;
  const key = createdKey(target, exchange, context.contract);
  const removal = context.fixtures.operation('delete', target);
  if (key === undefined || removal === undefined) return;
  const path = pathNaming(removal, { ...namesInPath(operation, values), [target]: key });
  await context.send(buildRequest(removal, { ...neededValues(context.contract, removal), path }));
}
