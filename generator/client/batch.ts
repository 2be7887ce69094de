import type { Contract, Operation } from '../../contract/contract.js';
import { objectOr } from '../../contract/load/source.js';
import { type Arguments, isJson } from './arguments.js';
import type { BatchMethod } from './method.js';
import { camelCase, reserveParameterName } from './names.js';

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
