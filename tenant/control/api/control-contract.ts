import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contract } from '../../../contract/contract.js';
import { packageRoot } from '../../../contract/load/package-root.js';

/** The document of the control API, relative to the project. */
export const CONTROL_SPEC = join('tenant', 'control', 'openapi.yaml');

/** The same in the package, which has it as JSON. */
export const PACKAGED_CONTROL_SPEC = join('dist', 'spec', 'control.json');

let loaded: Promise<Contract> | undefined;

/** The contract of the control API; read once. */
export function controlContract(): Promise<Contract> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Contract> {
  const own = join(packageRoot(), CONTROL_SPEC);
  if (existsSync(own)) {
    const { loadContract } = await import('../../../contract/load/load.js');
    return (await loadContract(own)).contract;
  }
  // The build has checked it.
  const { buildContract } = await import('../../../contract/read/read.js');
  return buildContract(JSON.parse(await readFile(join(packageRoot(), PACKAGED_CONTROL_SPEC), 'utf8')));
}
