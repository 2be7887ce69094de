import { startTypesThread, type TypesThread } from './emit/types/types-thread.js';
import { generate } from './generate.js';
import { compareOutput, type Drift } from './output/compare.js';
import { type Job, remember, rememberedFiles } from './output/memory.js';
import { writeOutput } from './output/write.js';

/** What a run found or did. */
export interface Outcome {
  readonly drift: readonly Drift[];
  /** Files that the output folder holds, or should hold. */
  readonly files: number;
}

/** Generates once: compares with `check`, else writes what differs. */
export async function runOnce(job: Job, check: boolean): Promise<Outcome> {
  const types = startTypesThread();
  try {
    return await run(job, check, types, new Map());
  } finally {
    await types.close();
  }
}

/** One run of many, with a thread that stays. `sources` is filled also when the run fails. */
export async function run(
  job: Job,
  check: boolean,
  types: TypesThread,
  sources: Map<string, string>,
): Promise<Outcome> {
  const startedAt = Date.now();
  const files = await generate(job.spec, types, sources);
  const drift = compareOutput(job.out, files);
  if (drift.length > 0 && !check) writeOutput(job.out, files, drift, rememberedFiles(job));
  if (drift.length === 0 || !check) remember(job, sources, files, startedAt);
  return { drift, files: files.length };
}
