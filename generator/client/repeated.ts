import type { Contract, Operation, Parameter, QueryRole } from '../../contract/contract.js';
import { isJson } from '../../contract/http/media-type.js';
import { objectOr } from '../../contract/json/json-value.js';
import type { Arguments } from './arguments.js';
import type { BatchMethod, PagesMethod } from './method.js';
import { camelCase, reserveParameterName } from './names.js';

/** Items per page if the contract has no maximum: most servers accept this. */
const defaultSize = 50;

/**
 * How the pages of a listing are walked: by cursor if there is one, since that reaches all items, else by page number.
 * Undefined if the contract has neither, or no parameter for the page size.
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
    const reserved = names('cursor', 'page', 'size', 'totals');
    const untilEmpty = effect.next === 'until-empty' ? { untilEmpty: true as const } : {};
    return { name, items, cursor: cursor.name, ...sizeOf(contract, take), reserved, ...untilEmpty };
  }
  if (page === undefined || size === undefined) return undefined;
  const reserved = names('cursor', 'take', 'page', 'totals');
  return { name, items, page: page.name, ...(totals && { totals: totals.name }), ...sizeOf(contract, size), reserved };
}

function sizeOf(contract: Contract, parameter: Parameter): Pick<PagesMethod, 'most' | 'size'> {
  const { maximum } = contract.resolve(parameter.schema);
  return { most: typeof maximum === 'number' ? maximum : defaultSize, size: parameter.name };
}

/**
 * The batch method of an operation that adds or removes entries. It exists if the body is one list with a limit and
 * nothing else is required.
 */
export function planBatch(
  contract: Contract,
  operation: Operation,
  { body, query, taken }: Arguments,
  name: string,
): BatchMethod | undefined {
  const { effect } = operation;
  if (effect?.kind !== 'add' && effect?.kind !== 'remove') return undefined;
  const [pointer, ...others] = Object.values(effect.each);
  const property = pointer?.slice(1) ?? '';
  if (body === undefined || query?.required || property === '' || property.includes('/') || others.length > 0) {
    return undefined;
  }
  const content = operation.requestBody?.content.find(({ type }) => type === body.type && isJson(type));
  const schema = content && contract.resolve(content.schema);
  const list = contract.resolve(objectOr(objectOr(schema?.properties)[property]));
  const required = Array.isArray(schema?.required) ? schema.required : [];
  if (typeof list.maxItems !== 'number' || required.some((one) => one !== property)) return undefined;
  return { name, entries: reserveParameterName(camelCase(property), new Set(taken)), property, size: list.maxItems };
}
