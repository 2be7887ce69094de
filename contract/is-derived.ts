import type { Contract } from './contract.js';

/** Whether a resource or a relation was recognized by the paths of a document without our keywords. */
export function isDerived({ resources, relations }: Contract, target: string | undefined): boolean {
  if (target === undefined) return false;
  return (resources.get(target) ?? relations.get(target))?.derived === true;
}
