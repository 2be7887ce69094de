import type { Contract } from './contract.js';

/** The resources that a resource is under, the closest first: for verses of songs of albums, `song` and `album`. */
export function ancestorsOf({ resources }: Contract, resource: string): readonly string[] {
  const found: string[] = [];
  let next = resources.get(resource)?.under?.parent;
  while (next !== undefined && !found.includes(next)) {
    found.push(next);
    next = resources.get(next)?.under?.parent;
  }
  return found;
}
