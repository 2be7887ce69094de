import { join, relative, sep } from 'node:path';
import { printWarnings } from '../contract/load/warnings.js';
import { emitFiles, type RunMemory } from './emit/emit-files.js';
import { type EmitThread, startEmitThread } from './emit/emit-thread.js';
import { type Job, jobOf } from './job.js';
import { compareOutput, type Drift } from './output/compare.js';
import { countUpToDate, filesOfLastRun, saveRun } from './output/run-cache.js';
import { type OutputFolder, updateOutput } from './output/write.js';

/** A check is strict unless the caller says otherwise: what a warning leaves out of the output is drift, too. */
function strictIn(job: Job, check: boolean): Job {
  return check ? { strict: true, ...job } : job;
}

export type { Drift };

/** The options of `rolecall generate`. */
export interface GenerateOptions {
  /** Path of the contract's root document. Default: `spec/openapi.yaml` if it exists, else the packaged contract. */
  readonly spec?: string;
  /** Overlays that change the contract before it is checked. Default: none. */
  readonly overlay?: readonly string[];
  /** Folders besides that of the root document whose files `$ref` may read. Default: none. */
  readonly allowRef?: readonly string[];
  /** Refuses a contract that only warnings are about. Default: with `check`, and for a contract with our keywords. */
  readonly strict?: boolean;
  /** Path of the output folder. Default: `generated`. */
  readonly out?: string;
  /** Path of the folder for the documentation site. Default: no site is written. */
  readonly site?: string;
  /** The languages of the samples in the reference, or `all`. Default: `curl`, `client`, `fetch`, `python`. */
  readonly samples?: readonly string[] | 'all';
  /** The library for which `validators.ts` has schemas. Default: `none`. */
  readonly validators?: 'zod' | 'valibot' | 'none';
  /** Writes `msw.ts`, handlers of Mock Service Worker. Default: `false`. */
  readonly msw?: boolean;
  /** Writes `queries.ts`, options of TanStack Query. Default: none. */
  readonly query?: 'tanstack';
  /** Only compare the output folders with the contract; write nothing. */
  readonly check?: boolean;
}

/** The outcome of a run. */
export interface GenerateResult {
  /** The files that differed from the contract, sorted by path: written, or with `check` only reported. */
  readonly drift: readonly Drift[];
  /** The number of files that the contract generates. */
  readonly files: number;
}

/**
 * Generates types, a client, an operations table and a reference from a contract into one folder.
 *
 * @throws ContractError (`CONTRACT_UNREADABLE`, `CONTRACT_INVALID`) or GeneratorError (its codes are in docs/errors.md). The
 * output folder is unchanged in these cases.
 */
export async function generate(options: GenerateOptions = {}): Promise<GenerateResult> {
  const job = jobOf(options);
  const upToDate = countUpToDate(job);
  return upToDate === undefined ? runOnce(job, options.check ?? false) : { drift: [], files: upToDate };
}

/** Generates once, whether or not the last run is up to date. */
export async function runOnce(job: Job, check: boolean): Promise<GenerateResult> {
  const compiler = startEmitThread();
  try {
    const { save, ...result } = await run(job, check, { compiler, sources: new Map() });
    save();
    return result;
  } finally {
    await compiler.close();
  }
}

/** A run, with what is left to do after it. */
export interface Run extends GenerateResult {
  /** Saves what was read and emitted, so that a run without changes is fast. */
  readonly save: () => void;
}

/** What outlives a run. */
export interface RunSetup {
  readonly compiler: EmitThread;
  /** Is filled with what the run reads, even if it fails. */
  readonly sources: Map<string, string>;
  /** Of the last run, if there is a next one. */
  readonly memory?: RunMemory;
}

/** One run with a thread that outlives it. */
export async function run(job: Job, check: boolean, { compiler, sources, memory }: RunSetup): Promise<Run> {
  const { files, site } = await emitFiles(strictIn(job, check), compiler, sources, {
    warn: printWarnings,
    ...(memory && { memory }),
  });
  const folders: readonly OutputFolder[] = [
    { option: '--out', folder: job.out, files },
    ...(job.site === undefined ? [] : [{ option: '--site', folder: job.site, files: site }]),
  ];
  const drift: Drift[] = [];
  for (const each of folders) {
    const ours = () => filesOfLastRun(job).map((file) => moved(file, job.out, each.folder));
    const found = check ? compareOutput(each.folder, each.files) : await updateOutput(each, ours, memory?.compare);
    drift.push(...found.map((one) => ({ ...one, file: moved(one.file, each.folder, job.out) })));
  }
  const all = folders.flatMap(({ folder, files: own }) =>
    folder === job.out ? own : own.map(({ path, text }) => ({ path: moved(path, folder, job.out), text })),
  );
  const isWritten = drift.length === 0 || !check;
  return { drift, files: all.length, save: () => isWritten && saveRun(job, sources, all) };
}

/** A path that is relative to one folder, relative to another. */
function moved(path: string, from: string, to: string): string {
  return from === to ? path : relative(to, join(from, path)).replaceAll(sep, '/');
}
