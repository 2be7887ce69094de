import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.js';
import type { Sdk } from './sdk.js';

/** Where SDKs stay installed between runs. */
const CACHE = join(tmpdir(), 'rolecall-sdks');

/** An SDK that cannot be tried here. */
export class NotAvailable extends Error {}

/**
 * Installs an SDK unless it is there already.
 *
 * @returns its folder
 * @throws NotAvailable if its toolchain is missing, or its registry cannot be reached
 */
export async function installed({
  name,
  toolchain,
  install,
}: Pick<Sdk, 'name' | 'toolchain' | 'install'>): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  for (const command of toolchain) {
    if ((await run(command, CACHE)).code !== 0) throw new NotAvailable(`${command[0]} is not installed`);
  }
  const folder = join(CACHE, name.replaceAll(/[^\w.-]+/g, '-'));
  // Complete folders have a marker: a virtual environment of Python cannot be moved.
  const marker = `${folder}.complete`;
  if (existsSync(marker)) return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const command of install) {
    const { code, output } = await run(command, folder);
    if (code !== 0) throw new NotAvailable(`it cannot be installed: ${output.trim().split('\n').at(-1) ?? ''}`);
  }
  await mkdir(`${marker}.new`, { recursive: true });
  await rename(`${marker}.new`, marker);
  return folder;
}
