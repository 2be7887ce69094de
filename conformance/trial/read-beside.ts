import type { Operation } from '../../contract/contract.js';
import type { CheckContext } from '../check.js';
import type { Subject } from '../fixtures/fixtures.js';
import { namesInPath, namesOf, type PathNames } from '../lookup/path-names.js';
import { readRequest } from '../lookup/resource-operations.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { noValues } from '../target/request.js';
import { ifCreatable } from './if-creatable.js';

/**
 * Another resource of a kind, under the same parent; absent where the contract has one alone, or the target refuses to create
 * another.
 * @param names - the names in the path of the first one
 */
async function besides(
  target: string,
  names: PathNames,
  { contract, fixtures }: CheckContext,
): Promise<Subject | undefined> {
  const resource = contract.resources.get(target);
  const above = resource?.under?.parent;
  const name = above === undefined ? undefined : names[above];
  if (resource === undefined || resource.once === true) return undefined;
  // A parent under another one is not named by its own key alone.
  const isPlain = above === undefined || name === undefined || contract.resources.get(above)?.under !== undefined;
  return ifCreatable(() =>
    isPlain
      ? fixtures.subject(target)
      : fixtures.fresh(target, {}, { resource: above, id: String(name), name, value: {} }),
  );
}

/**
 * The answer for another resource of the kind, which a change of the first one must leave; absent where it cannot be read.
 * @param before - the answer for the first one
 */
export async function readBeside(
  reading: Operation,
  before: Exchange,
  context: CheckContext,
): Promise<Exchange | undefined> {
  const names = namesInPath(reading, before.request.values ?? noValues);
  const other = await besides(reading.effect?.target ?? '', names, context);
  if (other === undefined) return undefined;
  const read = await context.send(readRequest(context.contract, reading, namesOf(other)));
  return succeeded(read) && read.request.path !== before.request.path ? read : undefined;
}
