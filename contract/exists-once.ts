import type { Contract } from './contract.js';

/** Whether there is one item of a resource in a tenant, which no path names: settings. */
export function existsOnce({ resources }: Contract, target: string | undefined): boolean {
  const { once, under } = resources.get(target ?? '') ?? {};
  return once === true && under === undefined;
}

/** The resource whose items a path names for an operation on this one: of what each item has once, the item. */
export function namedResource({ resources }: Contract, target: string): string {
  const { once, under } = resources.get(target) ?? {};
  return once === true ? (under?.parent ?? target) : target;
}
