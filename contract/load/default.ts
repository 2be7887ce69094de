import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contract } from '../contract.js';
import { packageRoot } from './package-root.js';

/** The path of a project's own contract, relative to the working directory. */
export const CONVENTIONAL_SPEC = join('spec', 'openapi.yaml');

/** The contract's root document: `spec/openapi.yaml` below the working directory if it exists, otherwise the packaged one. */
export function defaultSpec(cwd: string = process.cwd()): string {
  const own = join(cwd, CONVENTIONAL_SPEC);
  return existsSync(own) ? own : join(packageRoot(), CONVENTIONAL_SPEC);
}

/** Which contract a command reads: the options `--spec` and `--allow-ref`. */
export interface SpecOptions {
  readonly spec?: string;
  readonly allowRef?: readonly string[];
}

/**
 * The contract that the options of a command select.
 *
 * @throws ContractError if it cannot be loaded.
 */
export async function selectedContract({ spec, allowRef = [] }: SpecOptions): Promise<Contract> {
  if (spec === undefined) return defaultContract(process.cwd(), allowRef);
  const { loadContract } = await import('./load.js');
  return (await loadContract(spec, { allowRef })).contract;
}

/**
 * The contract that commands use without `--spec`: that of the working directory, or the packaged one, which is already
 * bundled so that no YAML is parsed.
 *
 * @throws ContractError if the working directory's own contract cannot be loaded.
 */
export async function defaultContract(
  cwd: string = process.cwd(),
  allowRef: readonly string[] = [],
): Promise<Contract> {
  const bundled = join(packageRoot(), 'dist', 'spec', 'contract.json');
  const own = join(cwd, CONVENTIONAL_SPEC);
  if (!existsSync(own) && existsSync(bundled)) {
    const { readContract } = await import('../read/read.js');
    return readContract(JSON.parse(await readFile(bundled, 'utf8')));
  }
  const { loadContract } = await import('./load.js');
  return (await loadContract(defaultSpec(cwd), { allowRef })).contract;
}
