import type { Contract, Operation, Parameter, QueryRole } from '../../contract/contract.js';
import type { PagesMethod } from './method.js';

/** Items a page where the contract names no maximum: what servers commonly take. */
const customarySize = 50;

/**
 * How the pages of a listing are walked: by cursor where there is one, since that reaches everything, else by page
 * number; nothing where the contract has neither, or no parameter for their size.
 */
export function planPages(contract: Contract, operation: Operation, name: string): PagesMethod | undefined {
  const { effect, parameters } = operation;
  if (effect?.kind !== 'list') return undefined;
  const role = (kind: QueryRole['kind']) => parameters.find(({ query }) => query?.kind === kind);
  const names = (...kinds: QueryRole['kind'][]) => kinds.flatMap((kind) => role(kind)?.name ?? []);
  const [cursor, take] = [role('cursor'), role('take')];
  const [page, size, totals] = [role('page'), role('size'), role('totals')];
  const items = effect.as ?? '';
  if (cursor !== undefined && take !== undefined && items !== '') {
    const taken = names('cursor', 'page', 'size', 'totals');
    const untilEmpty = effect.next === 'until-empty' ? { untilEmpty: true as const } : {};
    return { name, items, cursor: cursor.name, ...sizeOf(contract, take), taken, ...untilEmpty };
  }
  if (page === undefined || size === undefined) return undefined;
  const taken = names('cursor', 'take', 'page', 'totals');
  return { name, items, page: page.name, ...(totals && { totals: totals.name }), ...sizeOf(contract, size), taken };
}

function sizeOf(contract: Contract, parameter: Parameter): Pick<PagesMethod, 'most' | 'size'> {
  const { maximum } = contract.resolve(parameter.schema);
  return { most: typeof maximum === 'number' ? maximum : customarySize, size: parameter.name };
}
