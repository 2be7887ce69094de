import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { nameOf } from '../store/name-of.js';

/** What items with problems are called: what refers to them is no further problem. */
export class RejectedNames {
  readonly #names = new Map<string, Set<string>>();

  add(resource: string, item: Json): void {
    const names = this.#names.get(resource) ?? new Set();
    this.#names.set(resource, names);
    for (const value of isObject(item) ? Object.values(item) : []) {
      const name = nameOf(value);
      if (name !== undefined) names.add(name);
    }
  }

  has(resource: string, name: string | undefined): boolean {
    return name !== undefined && this.#names.get(resource)?.has(name) === true;
  }
}
