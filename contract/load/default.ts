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

/**
 * The contract that commands use without `--spec`: that of the working directory, or the packaged one, which is already
 * bundled so that no YAML is parsed.
 *
 * @throws ContractError if the working directory's own contract cannot be loaded.
 */
export async function defaultContract(cwd: string = process.cwd()): Promise<Contract> {
  const bundled = join(packageRoot(), 'dist', 'spec', 'contract.json');
  const own = join(cwd, CONVENTIONAL_SPEC);
  if (!existsSync(own) && existsSync(bundled)) {
    const { readContract } = await import('../read/read.js');
    return readContract(JSON.parse(await readFile(bundled, 'utf8')));
  }
  const { loadContract } = await import('./load.js');
  return (await loadContract(defaultSpec(cwd))).contract;
}
