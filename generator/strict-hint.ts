import { ContractError } from '../contract/errors.js';
import type { Job } from './job.js';

/**
 * What to say before the problems of a document that a check refuses although the document can be read: they are
 * warnings elsewhere. Undefined if it cannot be read, or if the caller chose `strict`.
 */
export async function strictHint(job: Job, error: unknown): Promise<string | undefined> {
  const { spec, overlay, allowRef, strict } = job;
  if (!(error instanceof ContractError) || strict !== undefined) return undefined;
  const { loadContract } = await import('../contract/load/load.js');
  const isReadable = await loadContract(spec, { overlay, allowRef, strict: false }).then(
    () => true,
    () => false,
  );
  return isReadable ? '--check treats warnings as errors; pass --no-strict to accept these:' : undefined;
}
