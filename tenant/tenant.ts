import type { Contract } from '../contract/contract.js';
import type { ControlAccess } from './control/controlled-tenant.js';
import { EmbeddedTenant } from './embedded-tenant.js';
import type { PlainRequest, PlainResponse } from './exchange.js';
import type { Listening, ListenOptions } from './http/server.js';
import type { TenantOptions } from './options.js';
import { resolveOptions } from './options.js';
import { servedContract } from './served-contract.js';

// biome-ignore lint/performance/noBarrelFile: the entry of rolecall/tenant exports everything that a test needs
export { defaultContract } from '../contract/load/default.js';
export type { ClientOptions } from './auth0/bootstrap.js';
export type { SigningKey } from './auth0/token-signer.js';
export { createClient as createControlClient } from './control/client/client.js';
export type { ControlAccess } from './control/controlled-tenant.js';
export type { DataOptions } from './data/data-folder.js';
export { TenantError } from './errors.js';
export type { PlainRequest, PlainResponse } from './exchange.js';
export type { Listening, ListenOptions } from './http/server.js';
export type { TlsOptions } from './http/tls.js';
export type { ServedRequest } from './log/served-request.js';
export type { ControlOptions, TenantOptions } from './options.js';

/** A tenant in memory, or with its data in a folder. */
export interface Tenant {
  /** The root URL, without a trailing slash. */
  readonly url: string;
  /** The audience of the management API. */
  readonly audience: string;
  /** The client that has every scope. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** Answers a request, whatever its host. Pass it wherever a `fetch` is expected. */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>;
  /** The same over plain values. */
  handle(request: PlainRequest): Promise<PlainResponse>;
  /**
   * Listens on an address. Without a `baseUrl`, the tenant's URL and audience become those of this address.
   *
   * @throws TenantError if it cannot listen there, or if an API of the state has the tenant's own audience
   */
  listen(options?: ListenOptions): Promise<Listening>;
  /** A token with these scopes, by default all. It needs no client grant, so use it in tests only. */
  token(options?: { readonly scopes?: readonly string[] | undefined }): Promise<string>;
  /** Restores the initial state. */
  reset(): void;
  /** Releases the folder of `data`. A tenant without one needs no closing. */
  close(): Promise<void>;
  /** Where the control API is once the tenant listens, and its token; undefined without it. */
  readonly control: ControlAccess | undefined;
}

/**
 * A tenant that implements the contract, in memory.
 *
 * @throws TenantError on an unknown plan, a repeated or incomplete client, a state that does not fit the contract, a key that cannot
 * sign, a base URL with a path, or data
 * that cannot be used
 */
export async function createTenant(contract: Contract, options: TenantOptions = {}): Promise<Tenant> {
  const served = servedContract(contract, options);
  return EmbeddedTenant.create(served, resolveOptions(served, options));
}
