import type { Contract } from '../../contract/contract.js';
import type { Tenant } from '../tenant.js';
import type { TrustFiles } from './trust.js';

/** A tenant that listens, as the command line presents it. */
export interface RunningTenant {
  readonly contract: Contract;
  readonly tenant: Tenant;
  /** The plan whose rate limits it enforces. */
  readonly plan: string | undefined;
  /** The URL that it listens on, if that differs from its own. */
  readonly listening: string | undefined;
  /** With --tls. */
  readonly trust: TrustFiles | undefined;
  /** A token, if operations require one and the contract has no token endpoint. */
  readonly token: string | undefined;
}
