import type { Contract } from '../../contract/contract.js';
import type { DataFolder } from '../data/data-folder.js';
import type { TenantState } from '../state/tenant-state.js';
import type { TenantClock } from './clock.js';
import type { Monitor } from './monitor.js';

/** Where the control API of a tenant is, and how to get in. */
export interface ControlAccess {
  /** Without a trailing slash. */
  readonly url: string;
  /** Undefined: the control API takes every request. */
  readonly token: string | undefined;
}

/** What the control API controls. */
export interface ControlledTenant {
  readonly url: string;
  readonly audience: string;
  readonly clientId: string;
  readonly contract: Contract;
  readonly clock: TenantClock;
  readonly monitor: Monitor | undefined;
  readonly state: TenantState;
  /** Undefined: the state is in memory only. */
  readonly data: DataFolder | undefined;
  /** The value of each habit that it has. */
  habits: Readonly<Record<string, string>>;
  /** The name of the plan whose rate limits it enforces. */
  plan: string | undefined;
  reset(): void;
}
