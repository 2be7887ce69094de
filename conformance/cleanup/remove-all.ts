import type { Contract } from '../../contract/contract.js';
import type { Created } from '../fixtures/created-resources.js';
import { type Attempt, GIVE_UP_AFTER } from './attempt.js';
import type { CleanupOptions } from './cleanup-options.js';
import { remove } from './remove.js';

/** What refers to others goes first. @returns what the target does not have */
export async function removeAll(
  options: CleanupOptions,
  attempt: Attempt,
  all: readonly Created[],
): Promise<Created[]> {
  const absent: Created[] = [];
  for (const turn of turns(options.contract, all)) {
    const queue = [...turn];
    const failed: Created[] = [];
    const worker = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const created = next;
        const outcome = await attempt.try(() => remove(options, created));
        if (outcome === 'server error') failed.push(created);
        if (outcome === 'absent') absent.push(created);
      }
    };
    await Promise.all(Array.from({ length: options.workers }, worker));
    // A server whose database was locked by the requests beside can remove one after the other.
    for (let errors = 0; errors < GIVE_UP_AFTER; ) {
      const created = failed.shift();
      if (created === undefined) break;
      errors = (await attempt.try(() => remove(options, created))) === 'server error' ? errors + 1 : 0;
    }
  }
  return absent;
}

/** Resources that refer to others, then the others. */
function turns(contract: Contract, created: readonly Created[]): readonly (readonly Created[])[] {
  const refers = (name: string) => {
    const { refers = [], mentions = [] } = contract.resources.get(name) ?? {};
    return refers.length + mentions.length;
  };
  return [
    created.filter(({ resource }) => refers(resource) > 0),
    created.filter(({ resource }) => refers(resource) === 0),
  ];
}
