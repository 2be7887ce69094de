import type { Contract } from '../../../contract/contract.js';
import { placeholderOfParameter } from './placeholder-names.js';

/** An id in the examples of a contract. */
interface IdExample {
  /** Its placeholder. */
  readonly name: string;
  readonly description: string;
}

const known = new WeakMap<Contract, ReadonlyMap<string, IdExample>>();

/**
 * The ids that paths of the contract have as examples. The same text elsewhere in an example is the same id, since the
 * examples of a contract belong together. Only operations with an effect say what their parameters identify.
 */
export function idExamples(contract: Contract): ReadonlyMap<string, IdExample> {
  const found = known.get(contract);
  if (found !== undefined) return found;
  const examples = new Map<string, IdExample>();
  for (const operation of contract.operations) {
    const sides = Object.values(operation.effect?.of ?? {});
    for (const parameter of operation.parameters) {
      const { example, name, description } = parameter;
      if (parameter.in !== 'path' || typeof example !== 'string' || !sides.includes(name)) continue;
      if (examples.has(example) || operation.effect?.by !== undefined) continue;
      examples.set(example, { name: placeholderOfParameter(contract, operation, parameter), description });
    }
  }
  known.set(contract, examples);
  return examples;
}
