import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Contract } from '../contract.js';
import type { ContractProblem } from '../errors.js';
import type { LoadedContract } from './load.js';
import { packageRoot } from './package-root.js';
import { filesLikePackaged, packagedFile, readPackaged } from './packaged.js';
import { printWarnings } from './warnings.js';

/** The path of a project's own contract, relative to the working directory. */
export const CONVENTIONAL_SPEC = join('spec', 'openapi.yaml');

/** The contract's root document: `spec/openapi.yaml` below the working directory if it exists, otherwise the packaged one. */
export function defaultSpec(cwd: string = process.cwd()): string {
  const own = join(cwd, CONVENTIONAL_SPEC);
  return existsSync(own) ? own : join(packageRoot(), CONVENTIONAL_SPEC);
}

/** Which contract a command reads: `--spec`, `--overlay`, `--allow-ref`, `--strict` and `--set-path`. */
export interface SpecOptions {
  readonly spec?: string;
  readonly overlay?: readonly string[];
  readonly allowRef?: readonly string[];
  readonly strict?: boolean;
  readonly setPath?: readonly string[];
}

/**
 * The contract that the options of a command select.
 *
 * @param warn - is told what was read in spite of a problem; by default, it is written to stderr
 *
 * @throws ContractError if it cannot be loaded, SettingError for a `--set-path` that it has no use for
 */
export async function selectedContract(
  { spec, overlay = [], allowRef = [], strict, setPath = [] }: SpecOptions,
  warn: (warnings: readonly ContractProblem[]) => void = printWarnings,
): Promise<Contract> {
  if (spec === undefined && overlay.length === 0)
    return withFixed(await defaultContract(process.cwd(), allowRef), setPath);
  const { loadContract } = await import('./load.js');
  const { contract, warnings } = await loadContract(spec ?? defaultSpec(), {
    allowRef,
    overlay,
    ...(strict === undefined ? {} : { strict }),
  });
  warn(warnings);
  return withFixed(contract, setPath);
}

async function withFixed(contract: Contract, settings: readonly string[]): Promise<Contract> {
  if (settings.length === 0) return contract;
  const { withFixedPaths } = await import('./set-path.js');
  return withFixedPaths(contract, settings);
}

/**
 * The contract that commands use without `--spec`: that of the working directory, or the packaged one, which is already
 * bundled so that no YAML is parsed; so it is where the files of the working directory are those it was made from. While
 * its files do not change, every call returns the same value.
 *
 * @throws ContractError if the working directory's own contract cannot be loaded.
 */
export async function defaultContract(
  cwd: string = process.cwd(),
  allowRef: readonly string[] = [],
): Promise<Contract> {
  if (!existsSync(join(cwd, CONVENTIONAL_SPEC)) && existsSync(packagedFile)) {
    return whileUnchanged(packagedFile, async () => packagedAs([packagedFile]));
  }
  const spec = resolve(defaultSpec(cwd));
  return whileUnchanged(JSON.stringify([spec, ...allowRef]), async () => {
    const files = await filesLikePackaged(spec);
    if (files !== undefined) return packagedAs(files);
    const { loadContract } = await import('./load.js');
    return loadContract(spec, { allowRef });
  });
}

async function packagedAs(files: readonly string[]): Promise<LoadedContract> {
  return { contract: await readPackaged(), files, warnings: [] };
}

/** Loading takes a tenth of a second, and a test suite asks for its contract again and again. */
const known = new Map<string, { readonly loaded: LoadedContract; readonly stamps: string }>();

/** The contract that was loaded before under a key; loaded anew if a file of it has changed. */
async function whileUnchanged(key: string, load: () => Promise<LoadedContract>): Promise<Contract> {
  const before = known.get(key);
  if (before !== undefined && stampsOf(before.loaded.files) === before.stamps) return before.loaded.contract;
  const start = Date.now();
  const loaded = await load();
  // A file that was saved meanwhile may have been read before.
  if (loaded.files.every((file) => (modifiedAt(file) ?? start) < start - CLOCK_STEP))
    known.set(key, { loaded, stamps: stampsOf(loaded.files) });
  return loaded.contract;
}

/** Milliseconds by which the times of files may lag behind the clock. */
const CLOCK_STEP = 20;

function modifiedAt(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

function stampsOf(files: readonly string[]): string {
  return files.map((file) => `${modifiedAt(file)} ${statSync(file, { throwIfNoEntry: false })?.size}`).join();
}
