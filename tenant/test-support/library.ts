import { join } from 'node:path';
import type { Contract } from '../../contract/contract.js';
import { loadContract } from '../../contract/load/load.js';
import { packageRoot } from '../../contract/load/package-root.js';
import type { TenantOptions } from '../tenant.js';
import { createTenant } from '../tenant.js';
import type { Call } from './school.js';
import { caller, key } from './school.js';

/** A small contract whose keys are numbers. */
export const library: Contract = (await loadContract(join(packageRoot(), 'tenant/test-support/library.yaml'))).contract;

/** Calls a tenant of the library. */
export async function libraryCall(options: TenantOptions = {}): Promise<Call> {
  return caller(await createTenant(library, { key: await key, ...options }), library);
}
