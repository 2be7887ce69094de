import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileErrorReason } from '../../contract/file-error.js';
import { isObject } from '../../contract/pointer.js';
import { RunError } from '../errors.js';
import { isProductionName, tenantName } from './auth0/tenant-name.js';
import { isLoopbackUrl } from './loopback-url.js';

export interface OwnershipOptions {
  readonly url: URL;
  /** The name in --i-own-this-tenant. */
  readonly claimed?: string;
  /** The configuration file marks the tenant as production. */
  readonly production: boolean;
  /** Where claims are remembered. */
  readonly stateFolder: string;
  readonly command: keyof typeof EFFECTS;
}

/** What a command does at a target. */
const EFFECTS = {
  verify: 'verify creates resources there, and removes them',
  replay: 'replay sends recorded writes there, and removes what they create',
  sweep: 'sweep removes resources there',
} as const;

const FILE = 'tenants.json';
const OPTION = '--i-own-this-tenant';

/**
 * Checks that the user has said that a target is theirs: once for each tenant, each time for one in production. A target
 * on this machine needs no claim.
 * @throws RunError
 */
export async function assertOwned({ url, claimed, production, stateFolder, command }: OwnershipOptions): Promise<void> {
  if (isLoopbackUrl(url)) return;
  const name = tenantName(url);
  if (claimed !== undefined && claimed !== name)
    throw new RunError(
      'NOT_YOUR_TENANT',
      `${OPTION} "${claimed}" is not the name of the tenant at "${url.origin}"; expected "${name}". Nothing was sent.`,
    );
  const file = join(stateFolder, FILE);
  if (claimed === name) return remember(file, url);
  const isProduction = production || isProductionName(name);
  if (!isProduction && (await readClaims(file)).includes(url.origin)) return;
  const often = isProduction ? 'It is marked as production, so pass this each time' : 'Pass this once';
  throw new RunError(
    'NOT_YOUR_TENANT',
    `"${url.origin}" is not on this machine: ${EFFECTS[command]}. ${often}, if it is yours: ${OPTION} ${name}`,
  );
}

/** The origins that the user claimed before. */
async function readClaims(file: string): Promise<readonly string[]> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    const tenants: unknown = isObject(value) ? value.tenants : undefined;
    return Array.isArray(tenants) ? tenants.filter((each): each is string => typeof each === 'string') : [];
  } catch {
    // Without the file, or with one that somebody broke, the claim is asked for again.
    return [];
  }
}

async function remember(file: string, { origin }: URL): Promise<void> {
  const known = await readClaims(file);
  if (known.includes(origin)) return;
  const text = `${JSON.stringify({ tenants: [...known, origin].sort() }, null, 2)}\n`;
  try {
    await mkdir(join(file, '..'), { recursive: true, mode: 0o700 });
    // Written aside, so that a process killed meanwhile leaves the old file.
    await writeFile(`${file}.${process.pid}`, text, { mode: 0o600 });
    await rename(`${file}.${process.pid}`, file);
  } catch (cause) {
    throw new RunError('JOURNAL_NOT_WRITTEN', `Cannot write "${file}": ${fileErrorReason(cause)}.`, { cause });
  }
}
