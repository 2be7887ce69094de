import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import type { Contract, Json } from '../../contract/contract.js';
import { loadContract } from '../../contract/load/load.js';
import { packageRoot } from '../../contract/load/package-root.js';
import type { Tenant, TenantOptions } from '../tenant.js';
import { createTenant } from '../tenant.js';

/** A small contract of another domain that uses every feature the tenant supports. */
export const school: Contract = (await loadContract(join(packageRoot(), 'tenant/test-support/school.yaml'))).contract;

/** The answer to a call; the body is null if there is none. */
export interface CallResult {
  readonly status: number;
  readonly body: Json;
  readonly headers: Readonly<Record<string, string>>;
}

export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<CallResult>;

/** Calls a tenant with a token of these scopes, by default all. */
export async function caller(tenant: Tenant, contract: Contract, scopes = contract.scopes): Promise<Call> {
  const authorization = `Bearer ${await tenant.token({ scopes })}`;
  return async (method, target, sent, headers = {}) => {
    const [path = '', query = ''] = target.split('?');
    const type: Readonly<Record<string, string>> = sent === undefined ? {} : { 'content-type': 'application/json' };
    const response = await tenant.handle({
      method,
      path: `${contract.serverPath}${path}`,
      query,
      headers: { authorization, ...type, ...headers },
      body: sent === undefined ? '' : typeof sent === 'string' ? sent : JSON.stringify(sent),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: response.body === '' ? null : JSON.parse(response.body),
    };
  };
}

/** One key for all tenants of a file, since generating a key is slow. */
export const key = generateKeyPair('RS256', { extractable: true }).then(({ privateKey }) => exportJWK(privateKey));

export async function schoolTenant(
  options: TenantOptions = {},
): Promise<{ readonly tenant: Tenant; readonly call: Call }> {
  const tenant = await createTenant(school, { seed: 1, key: await key, ...options });
  return { tenant, call: await caller(tenant, school) };
}
