import type { ClientMethod } from '../../client/method.js';
import { areSame, type Facts, type OperationFacts } from '../operation-facts.js';

/** Makes a part of the code of a method, or takes it from the last run. @param part - which one; unique in a run */
export type Remember = <T>(part: string, method: ClientMethod, make: () => T) => T;

/** Makes every part. */
export const rememberNothing: Remember = (_part, _method, make) => make();

/** The code of methods in the last run: while a contract is being watched, a save changes few of them. */
export class CodeMemory {
  #shared: Facts = [];
  #parts: ReadonlyMap<string, Remembered> = new Map();

  /** For one run. What is made in it replaces what is remembered. */
  for({ shared, own }: OperationFacts): Remember {
    const last = areSame(this.#shared, shared) ? this.#parts : new Map<string, Remembered>();
    const parts = new Map<string, Remembered>();
    this.#shared = shared;
    this.#parts = parts;
    return <T>(part: string, method: ClientMethod, make: () => T): T => {
      const key = `${part} ${method.operation.id}`;
      const facts = own.get(method.operation.id);
      if (facts === undefined) return make();
      const known = last.get(key);
      // The name of a part decides its type.
      const value = known !== undefined && areSame(known.facts, facts) ? (known.value as T) : make();
      parts.set(key, { facts, value });
      return value;
    };
  }
}

interface Remembered {
  readonly facts: Facts;
  readonly value: unknown;
}
