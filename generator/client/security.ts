import type { Contract, JsonObject, Operation } from '../../contract/contract.js';
import { objectOr } from '../../contract/json/json-value.js';
import { getPointer, isObject } from '../../contract/pointer.js';

/**
 * The security requirements of an operation: the names of the schemes of each alternative. Without the empty alternative
 * `{}`, which says that the others are optional. Undefined if neither the operation nor the document declares any.
 *
 * @see OpenAPI 3.1, section 4.8.30
 */
export function requirementsOf(
  { document }: Contract,
  { pointer }: Pick<Operation, 'pointer'>,
): readonly (readonly string[])[] | undefined {
  const declared = objectOr(getPointer(document, pointer)).security ?? document.security;
  if (!Array.isArray(declared)) return undefined;
  const requirements: readonly JsonObject[] = declared.filter(isObject);
  return requirements.map((requirement) => Object.keys(requirement)).filter((names) => names.length > 0);
}

/**
 * The ids of operations that need no credentials, so that the client sends none. Optional ones are sent if there are
 * some. A document without any security does not say whether credentials are needed: they are sent as well.
 */
export function openOperations(contract: Contract): ReadonlySet<string> {
  const needs = contract.operations.map((operation) => (requirementsOf(contract, operation) ?? []).length > 0);
  if (!needs.includes(true)) return new Set();
  return new Set(contract.operations.filter((_, index) => !needs[index]).map(({ id }) => id));
}
