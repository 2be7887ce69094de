import type { Contract } from './contract.js';

/** Whether there is one item of a resource, from the start, which no path names: settings. */
export function existsOnce({ resources }: Contract, target: string | undefined): boolean {
  return target !== undefined && resources.get(target)?.once === true;
}
