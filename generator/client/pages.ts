import type { Contract, Operation, Parameter, QueryRole } from '../../spec/contract/contract.js';
import type { PagesMethod } from './method.js';

/** Items a page where the contract names no maximum: what servers commonly take. */
const customarySize = 50;

/**
 * How the pages of a listing are walked: by cursor where there is one, since that reaches everything, else by page
 * number; nothing where the contract has neither.
 */
export function planPages(contract: Contract, operation: Operation, name: string): PagesMethod | undefined {
  const { effect, parameters } = operation;
  if (effect?.kind !== 'list') return undefined;
  const role = (kind: QueryRole['kind']) => parameters.find(({ query }) => query?.kind === kind);
  const names = (...kinds: QueryRole['kind'][]) => kinds.flatMap((kind) => role(kind)?.name ?? []);
  const [cursor] = names('cursor');
  const [page] = names('page');
  const [totals] = names('totals');
  const items = effect.as ?? '';
  if (cursor !== undefined && items !== '') {
    return { name, items, cursor, ...sizeOf(contract, role('take')), taken: names('cursor', 'page', 'size', 'totals') };
  }
  if (page === undefined) return undefined;
  const taken = names('cursor', 'take', 'page', 'totals');
  return { name, items, page, ...(totals && { totals }), ...sizeOf(contract, role('size')), taken };
}

function sizeOf(contract: Contract, parameter: Parameter | undefined): Pick<PagesMethod, 'most' | 'size'> {
  if (parameter === undefined) return { most: customarySize };
  const { maximum } = contract.resolve(parameter.schema);
  return { most: typeof maximum === 'number' ? maximum : customarySize, size: parameter.name };
}
