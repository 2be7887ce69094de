import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contract } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { SigningKey } from '../auth0/token-signer.js';
import { TenantError } from '../errors.js';

/** The version of the form of the data. */
const FORMAT = 1;

export const TENANT_FILE = 'tenant.json';

/** The identity of a tenant: what its clients use stays the same after a restart. */
export interface TenantFile {
  readonly format: number;
  /** The contract that the data is of. */
  readonly title: string;
  readonly resources: readonly string[];
  readonly relations: readonly string[];
  readonly clientId: string;
  readonly clientSecret: string;
  readonly key: SigningKey;
}

export function tenantFileOf(
  { title, resources, relations }: Contract,
  known: Pick<TenantFile, 'clientId' | 'clientSecret' | 'key'>,
): TenantFile {
  return { format: FORMAT, title, resources: [...resources.keys()], relations: [...relations.keys()], ...known };
}

/** Undefined in a new folder. @throws TenantError if it is not one of a tenant */
export async function readTenantFile(folder: string): Promise<TenantFile | undefined> {
  const path = join(folder, TENANT_FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(`${path} is not JSON; restore it from a copy, or choose another folder with --data`, cause);
  }
  if (isTenantFile(value)) return value;
  throw invalid(`${path} is not of a tenant; restore it from a copy, or choose another folder with --data`);
}

/** Only the format is known of a file that another version wrote. */
function isTenantFile(value: unknown): value is TenantFile {
  if (!isObject(value) || typeof value.format !== 'number') return false;
  const { format, title, resources, relations, clientId, clientSecret, key } = value;
  const areTexts = [title, clientId, clientSecret].every((each) => typeof each === 'string' && each !== '');
  return format !== FORMAT || (areTexts && [resources, relations].every(Array.isArray) && isObject(key));
}

/**
 * Data of an older contract is taken as it is: what the contract no longer has is the only obstacle.
 *
 * @throws TenantError if the data has another form, or is of a contract that does not fit
 */
export function checkTenantFile(tenant: TenantFile, contract: Contract, folder: string): void {
  if (tenant.format !== FORMAT)
    throw invalid(
      `the data in ${folder} has the form ${tenant.format}, expected ${FORMAT}: another version of rolecall wrote it; export its state with that version and start a new folder with --state`,
    );
  if (tenant.title !== contract.title)
    throw invalid(
      `the data in ${folder} is of "${tenant.title}", not of "${contract.title}"; pass the contract with --spec, or choose another folder with --data`,
    );
  const gone = [
    ...tenant.resources.filter((name) => !contract.resources.has(name)),
    ...tenant.relations.filter((name) => !contract.relations.has(name)),
  ];
  if (gone.length > 0)
    throw invalid(
      `the data in ${folder} has ${gone.join(', ')}, which the contract no longer has; export the state with the former contract and start a new folder with --state`,
    );
}

export async function writeTenantFile(folder: string, tenant: TenantFile): Promise<void> {
  const path = join(folder, TENANT_FILE);
  const file = await open(`${path}.tmp`, 'w', 0o600);
  await file.writeFile(`${JSON.stringify(tenant, null, 2)}\n`);
  await file.sync();
  await file.close();
  await rename(`${path}.tmp`, path);
}

function invalid(message: string, cause?: unknown): TenantError {
  return new TenantError('TENANT_DATA_INVALID', message, { cause });
}
