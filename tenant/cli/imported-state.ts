import type { Contract, Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { printable } from '../../contract/text/printable.js';
import { readDeployExport } from '../auth0/deploy-export/read-export.js';
import { stateOfExport } from '../auth0/deploy-export/state-of-export.js';
import { fittingState } from '../state/fitting-state.js';
import { createTenant } from '../tenant.js';

/**
 * The state that an export becomes, and a line for each thing in it that the tenant cannot have.
 *
 * @throws TenantError if there is no export that can be read
 */
export async function importedState(
  contract: Contract,
  path: string,
): Promise<{ readonly state: Json; readonly lines: readonly string[] }> {
  const converted = stateOfExport(await readDeployExport(path));
  const { state, notes } = await fittingState(converted.state, (state) => createTenant(contract, { state }));
  const counts = Object.entries(isObject(state) ? state : {}).map(([list, items]) => `${lengthOf(items)} ${list}`);
  const summary = `imported ${counts.length === 0 ? 'nothing' : counts.join(', ')} from ${path}`;
  return { state, lines: [summary, ...converted.notes, ...notes].map((line) => `import: ${printable(line)}`) };
}

/** The lists of both states; a list that both have contains the items of the first one first. */
export function mergedStates(first: unknown, second: Json): unknown {
  if (first === undefined) return second;
  // Loading reports what is no object.
  if (!isObject(first) || !isObject(second)) return first;
  const merged: Record<string, Json> = { ...second, ...first };
  for (const [list, items] of Object.entries(first)) {
    const others = second[list];
    if (Array.isArray(items) && Array.isArray(others))
      merged[list] = [...(items as readonly Json[]), ...(others as readonly Json[])];
  }
  return merged;
}

function lengthOf(items: Json): number {
  return Array.isArray(items) ? items.length : 0;
}
