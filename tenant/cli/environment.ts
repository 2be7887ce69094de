import { shellWord } from '../../contract/text/shell-word.js';
import type { RunningTenant } from './running-tenant.js';
import { trustVariables } from './trust.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The variables by which SDKs and rolecall itself find the tenant and trust it.
 *
 * @param environment that of the caller, whose own certificate authorities stay trusted
 */
export function tenantVariables(running: RunningTenant, environment: Environment): Readonly<Record<string, string>> {
  const { url, audience, clientId, clientSecret } = running.tenant;
  return {
    AUTH0_DOMAIN: new URL(url).host,
    AUTH0_CLIENT_ID: clientId,
    AUTH0_CLIENT_SECRET: clientSecret,
    AUTH0_AUDIENCE: audience,
    ROLECALL_URL: url,
    ROLECALL_CLIENT_ID: clientId,
    ROLECALL_CLIENT_SECRET: clientSecret,
    ROLECALL_AUDIENCE: audience,
    ...controlVariables(running),
    ...(running.token === undefined ? {} : { ROLECALL_TOKEN: running.token }),
    ...(running.trust === undefined ? {} : trustVariables(running.trust, environment)),
  };
}

function controlVariables({ tenant: { control } }: RunningTenant): Readonly<Record<string, string>> {
  if (control === undefined) return {};
  const { url, token } = control;
  return { ROLECALL_CONTROL_URL: url, ...(token === undefined ? {} : { ROLECALL_CONTROL_TOKEN: token }) };
}

/** The environment of a command that uses the tenant. A token of the caller belongs to another tenant. */
export function commandEnvironment(running: RunningTenant, environment: Environment): Environment {
  const { ROLECALL_TOKEN: _, ...others } = environment;
  return { ...others, ...tenantVariables(running, environment) };
}

/** Lines for a shell that set the variables. */
export function shellExports(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${shellWord(value)}\n`)
    .join('');
}
